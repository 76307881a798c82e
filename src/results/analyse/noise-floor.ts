import type {
  ArmIdentity,
  ArmResult,
  Estimate,
  NoiseFloor,
  NoiseFloorOfClass,
  Run,
} from '../schema/index.js';
import { costDifference, type EstimateOptions, percentileDifference, throughputRatio } from './estimates.js';
import type { SampleIndex } from './group.js';

/** The largest |end of interval| over A/A pairs, per class (method: noise floor). */
export function noiseFloorOf(
  arms: readonly ArmResult[],
  index: SampleIndex,
  options: EstimateOptions,
): NoiseFloor {
  const twins = twinsAmong(arms);
  const floor = (external: boolean) =>
    floorOfClass(
      twins.filter((twin) => (twin.class === 'external') === external),
      index,
      options,
    );
  return { inProcess: floor(false), external: floor(true) };
}

/** The copies of A/A pairs whose two arms are valid. */
export function twinsAmong(arms: readonly ArmResult[]): ArmResult[] {
  const valid = new Set(arms.filter(({ status }) => status === 'valid').map(({ id }) => id));
  return arms.filter(({ id, twinOf }) => twinOf !== null && valid.has(twinOf) && valid.has(id));
}

function floorOfClass(
  twins: readonly ArmResult[],
  index: SampleIndex,
  options: EstimateOptions,
): NoiseFloorOfClass | null {
  const floors = twins.flatMap((twin) => {
    const paired = (condition: 'capacity' | 'unloaded') => ({
      arm: index.of(twin.id, condition),
      other: index.of(twin.twinOf ?? '', condition),
      within: twin.class === 'baseline' ? ('block' as const) : ('round' as const),
    });
    const cpu = costDifference(paired('capacity'), 'total', options);
    const ratio = throughputRatio(paired('capacity'), options);
    if (!hasInterval(cpu) || !hasInterval(ratio)) return [];
    const p50 = percentileDifference(paired('unloaded'), 50, options);
    return [
      {
        id: twin.id,
        cpuUs: farthest(cpu, 0),
        p50Us: hasInterval(p50) ? farthest(p50, 0) : null,
        throughputRatio: farthest(ratio, 1),
      },
    ];
  });
  if (floors.length === 0) return null;
  const p50s = floors.map(({ p50Us }) => p50Us).filter((value) => value !== null);
  return {
    cpuUs: Math.max(...floors.map(({ cpuUs }) => cpuUs)),
    p50Us: p50s.length === 0 ? null : Math.max(...p50s),
    throughputRatio: Math.max(...floors.map((one) => one.throughputRatio)),
    pairs: floors.map(({ id }) => id),
  };
}

type WithInterval = Estimate & { low: number; high: number };

function hasInterval(estimate: Estimate | null): estimate is WithInterval {
  return estimate !== null && estimate.low !== null && estimate.high !== null;
}

function farthest({ low, high }: WithInterval, from: number): number {
  return Math.max(Math.abs(low - from), Math.abs(high - from));
}

/**
 * The noise floor that an arm's numbers are held against: of its class, and where its scenario is a rung, that rung's own. Null where
 * the run has none.
 */
export function floorOfArm(
  run: Pick<Run, 'plan' | 'noiseFloor' | 'rungNoiseFloors'>,
  arm: Pick<ArmIdentity, 'class' | 'scenario'>,
): NoiseFloorOfClass | null {
  if (!run.plan.intervals) return null;
  const floor = run.rungNoiseFloors.find(({ scenario }) => scenario === arm.scenario) ?? run.noiseFloor;
  return arm.class === 'external' ? floor.external : floor.inProcess;
}
