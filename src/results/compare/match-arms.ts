import {
  type ArmResult,
  type BaselineChange,
  isReference,
  type Run,
  type UnmatchedArm,
} from '../schema/index.js';

/** An arm with an overhead that counts. */
export type MeasuredArm = ArmResult & {
  readonly cpu: NonNullable<ArmResult['cpu']>;
  readonly overhead: NonNullable<ArmResult['overhead']>;
};

/** The same arm in two runs, with the baseline of each. */
export interface ArmPair {
  readonly from: MeasuredArm;
  readonly to: MeasuredArm;
  readonly baselines: { readonly from: ArmResult | null; readonly to: ArmResult | null };
}

/** The arms of two runs, side by side. */
export interface MatchedArms {
  readonly pairs: readonly ArmPair[];
  readonly unmatched: readonly UnmatchedArm[];
  readonly baselines: readonly BaselineChange[];
}

/**
 * Finds the arms that two runs have in common: the same scenario, variant and runtime. Where each run has one Envoy, its version
 * may differ, for then it is what they differ by; where one has several, versions are matched as well.
 */
export function matchArms(from: Run, to: Run): MatchedArms {
  const hasOne = ({ arms }: Run) => new Set(arms.map(({ envoy }) => envoy)).size <= 1;
  const anyEnvoy = hasOne(from) && hasOne(to);
  const keyOf = ({ scenario, variant, runtime, envoy }: ArmResult) =>
    JSON.stringify([scenario, variant, runtime, ...(anyEnvoy ? [] : [envoy])]);
  const armsOf = (run: Run) => new Map(run.arms.filter(isCompared).map((arm) => [keyOf(arm), arm]));
  const [before, after] = [armsOf(from), armsOf(to)];
  const keys = [...new Set([...before.keys(), ...after.keys()])];
  const pairs = keys.flatMap((key): ArmPair[] => {
    const [a, b] = [before.get(key), after.get(key)];
    if (!isMeasured(a) || !isMeasured(b)) return [];
    return [pairOf({ run: from, arm: a }, { run: to, arm: b })];
  });
  const unmatched = keys.flatMap((key) => unmatchedOf(before.get(key), after.get(key)));
  return { pairs, unmatched, baselines: baselinesOf(pairs) };
}

/** The arms of a run that another run's can be held against. */
export function measuredArms({ arms }: Run): MeasuredArm[] {
  return arms.filter(isCompared).filter(isMeasured);
}

/** An arm, and the run that it is of. */
export interface ArmOfRun {
  readonly run: Run;
  readonly arm: MeasuredArm;
}

/** The same arm of two runs, with the baseline of each. */
export function pairOf(from: ArmOfRun, to: ArmOfRun): ArmPair {
  return {
    from: from.arm,
    to: to.arm,
    baselines: { from: baselineOf(from.arm, from.run), to: baselineOf(to.arm, to.run) },
  };
}

// Baselines are what arms are compared with, and copies of A/A pairs are there for the noise floor.
function isCompared(arm: ArmResult): boolean {
  return arm.class !== 'baseline' && arm.twinOf === null;
}

function isMeasured(arm: ArmResult | undefined): arm is MeasuredArm {
  return arm?.status === 'valid' && arm.cpu !== null && arm.overhead !== null;
}

function unmatchedOf(from: ArmResult | undefined, to: ArmResult | undefined): UnmatchedArm[] {
  const arm = to ?? from;
  // What has numbers in neither run is no news.
  if (arm === undefined || isMeasured(from) === isMeasured(to)) return [];
  const { scenario, variant, runtime } = arm;
  const without = isMeasured(from) ? to : from;
  const reason = without === undefined ? null : (without.reason ?? 'it has no overhead');
  return [{ scenario, variant, runtime, from: from?.status ?? null, to: to?.status ?? null, reason }];
}

/** The arm that another one's overhead is over; null where the run has none. */
export function baselineOf({ scenario, envoy, runtime }: ArmResult, { arms }: Run): ArmResult | null {
  const found = arms.find(
    (arm) => isReference(arm) && arm.scenario === scenario && arm.envoy === envoy && arm.runtime === runtime,
  );
  return found ?? null;
}

function baselinesOf(pairs: readonly ArmPair[]): BaselineChange[] {
  const changes = pairs.flatMap(({ baselines: { from, to } }): [string, BaselineChange][] => {
    if (!from?.cpu || !to?.cpu) return [];
    const { scenario, runtime } = from;
    const envoy = { from: from.envoy, to: to.envoy };
    const costs = { fromUs: from.cpu.totalUs.estimate, toUs: to.cpu.totalUs.estimate };
    return [[`${from.id} ${to.id}`, { scenario, runtime, envoy, ...costs }]];
  });
  return [...new Map(changes).values()];
}
