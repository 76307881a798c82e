import {
  type ArmIdentity,
  type ArmResult,
  type Evidence,
  isReference,
  type Run,
  type Sample,
  type Warning,
} from '../schema/index.js';
import { adviceOf } from './advice.js';
import { measureArm } from './arm-result.js';
import { type ArmVerdict, judgeArm } from './arm-status.js';
import { calibrationOf } from './calibration.js';
import { compareArms } from './compare.js';
import { indexSamples } from './group.js';
import { noiseFloorOf } from './noise-floor.js';
import { slopesOf } from './slopes.js';
import { findWarnings } from './warnings.js';

/** What is known of a run before anything is measured. */
export type RunHeader = Omit<
  Run,
  'arms' | 'advice' | 'comparisons' | 'noiseFloor' | 'rungNoiseFloors' | 'slopes' | 'calibration' | 'verdicts'
>;

/** An arm of the plan; `known` where its outcome is certain without starting it. */
export interface PlannedArm {
  readonly identity: ArmIdentity;
  readonly known: ArmVerdict | null;
}

/**
 * Turns samples and evidence into the results of a run. Pure: the stored run gives the same again.
 * Warnings of the header (about the machine and the plan) come first, then those that the samples show.
 */
export function analyse(
  header: RunHeader,
  planned: readonly PlannedArm[],
  samples: readonly Sample[],
  evidence: readonly Evidence[],
): Run {
  const options = { confidence: header.plan.confidence, intervals: header.plan.intervals };
  const index = indexSamples(samples, evidence);
  const { rates } = header.plan;
  const measured = { index, evidence, placement: header.fingerprint.placement, rates, options };
  const arms = planned.map(({ identity, known }): ArmResult => {
    const own = evidence.filter(({ arm }) => arm === identity.id);
    const verdict = known ?? judgeArm(own, index.all(identity.id));
    return measureArm(identity, verdict, baselineOf(identity, planned), measured);
  });
  const baseline = (arm: ArmIdentity) => baselineOf(arm, planned);
  // A rung has a floor of its own: that of a MiB would hide every smaller body, and all that has none.
  const rungs = header.scenarios.flatMap(({ name, rung }) => (rung === null ? [] : [name]));
  const others = arms.filter(({ scenario }) => !rungs.includes(scenario));
  const noiseFloor = noiseFloorOf(others, index, options);
  const ofRungs = rungs.map((scenario) => {
    const own = arms.filter((arm) => arm.scenario === scenario);
    const floor = noiseFloorOf(own, index, options);
    return { floor: { scenario, ...floor }, comparisons: compareArms(own, index, floor, options) };
  });
  return {
    ...header,
    arms,
    advice: adviceOf(arms, baseline, index, header.plan),
    comparisons: [
      ...compareArms(others, index, noiseFloor, options),
      ...ofRungs.flatMap(({ comparisons }) => comparisons),
    ],
    noiseFloor,
    rungNoiseFloors: ofRungs.map(({ floor }) => floor),
    slopes: slopesOf(header.scenarios, arms, baseline, index, options),
    calibration: calibrationOf(arms, index, evidence, options),
    warnings: unique([...header.warnings, ...findWarnings(arms, samples, header.plan)]),
    verdicts: [],
  };
}

function baselineOf(arm: ArmIdentity, planned: readonly PlannedArm[]): ArmIdentity | null {
  if (isReference(arm)) return null;
  // A baseline's twin has that one for its baseline: a self-test has many.
  if (arm.class === 'baseline')
    return planned.find(({ identity }) => identity.id === arm.twinOf)?.identity ?? null;
  const found = planned.find(
    ({ identity }) =>
      isReference(identity) &&
      identity.scenario === arm.scenario &&
      identity.envoy === arm.envoy &&
      identity.runtime === arm.runtime,
  );
  return found?.identity ?? null;
}

export { type IdenticalResults, identicalResults } from './identical.js';
export { isPrecise } from './precision.js';

// A stored run's warnings hold those that are found again.
function unique(warnings: readonly Warning[]): Warning[] {
  return [...new Map(warnings.map((warning) => [`${warning.code} ${warning.message}`, warning])).values()];
}
