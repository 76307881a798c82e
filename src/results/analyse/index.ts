import {
  type ArmIdentity,
  type ArmResult,
  type Evidence,
  isReference,
  type Run,
  type Sample,
  type Warning,
} from '../schema/index.js';
import { measureArm } from './arm-result.js';
import { type ArmVerdict, judgeArm } from './arm-status.js';
import { indexSamples } from './group.js';
import { compareArms, noiseFloorOf } from './noise-floor.js';
import { findWarnings } from './warnings.js';

/** What is known of a run before anything is measured. */
export type RunHeader = Omit<Run, 'arms' | 'comparisons' | 'noiseFloor' | 'verdicts'>;

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
  const measured = { index, evidence, placement: header.fingerprint.placement, options };
  const arms = planned.map(({ identity, known }): ArmResult => {
    const own = evidence.filter(({ arm }) => arm === identity.id);
    const verdict = known ?? judgeArm(own, index.all(identity.id));
    return measureArm(identity, verdict, baselineOf(identity, planned), measured);
  });
  const noiseFloor = noiseFloorOf(arms, index, options);
  return {
    ...header,
    arms,
    comparisons: compareArms(arms, index, noiseFloor, options),
    noiseFloor,
    warnings: unique([...header.warnings, ...findWarnings(arms, samples, header.plan)]),
    verdicts: [],
  };
}

function baselineOf(arm: ArmIdentity, planned: readonly PlannedArm[]): ArmIdentity | null {
  if (isReference(arm)) return null;
  const found = planned.find(
    ({ identity }) =>
      isReference(identity) &&
      identity.scenario === arm.scenario &&
      identity.envoy === arm.envoy &&
      identity.runtime === arm.runtime,
  );
  return found?.identity ?? null;
}

// A stored run's warnings hold those that are found again.
function unique(warnings: readonly Warning[]): Warning[] {
  return [...new Map(warnings.map((warning) => [`${warning.code} ${warning.message}`, warning])).values()];
}
