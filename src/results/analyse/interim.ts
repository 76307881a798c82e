import type { Advice, ArmIdentity, Evidence, Run, Sample, Shortfall } from '../schema/index.js';
import { adviceOf } from './advice.js';
import { judgeArm } from './arm-status.js';
import { baselineOf, type PlannedArm } from './baseline.js';
import { costDifference, costEstimate } from './estimates.js';
import { evidenceByArm, indexSamples } from './group.js';
import { type CostOfArm, shortfallsOf } from './precision.js';

/** What a schedule asks of the run that it drives: it is much less than the whole analysis, and asked after every restart. */
export interface Interim {
  /** Those of these arms whose intervals are still wider than the plan asks for. */
  shortfalls(ids: ReadonlySet<string>): Shortfall[];
  /** What the variances advise; null where they tell nothing. */
  advice(): Advice | null;
}

/** Judges a run by the samples and the evidence that there are so far. */
export function interimOf(
  { plan, scenarios }: Pick<Run, 'plan' | 'scenarios'>,
  planned: readonly PlannedArm[],
  samples: readonly Sample[],
  evidence: readonly Evidence[],
): Interim {
  const options = { confidence: plan.confidence, intervals: plan.intervals };
  const baseline = (arm: ArmIdentity) => baselineOf(arm, planned);
  const isMine = (ids: ReadonlySet<string>) => {
    const own = planned.filter(({ identity }) => ids.has(identity.id));
    // The baseline's samples are needed to pair with.
    const needed = new Set(
      own.flatMap(({ identity }) => [identity.id, baseline(identity)?.id ?? identity.id]),
    );
    return { own, needed };
  };
  const indexOf = (needed: ReadonlySet<string>) =>
    indexSamples(
      samples.filter(({ arm }) => needed.has(arm)),
      evidence.filter(({ arm }) => needed.has(arm)),
    );
  const judged = (arms: readonly PlannedArm[]) => {
    const proofs = evidenceByArm(evidence);
    return arms.map(({ identity, known }) => ({
      ...identity,
      status: (known ?? judgeArm(proofs.get(identity.id) ?? [], [])).status,
    }));
  };
  return {
    shortfalls(ids) {
      const { own, needed } = isMine(ids);
      const index = indexOf(needed);
      const costs = judged(own).flatMap(({ status, ...arm }): CostOfArm[] => {
        const reference = baseline(arm);
        if (status !== 'valid' || !reference) return [];
        const slices = index.of(arm.id, 'capacity');
        const paired = { arm: slices, other: index.of(reference.id, 'capacity'), within: 'block' as const };
        return [
          {
            arm,
            overheadUs: costDifference(paired, 'total', options),
            ownUs: costEstimate(slices, 'total', options)?.estimate ?? null,
          },
        ];
      });
      return shortfallsOf(costs, plan);
    },
    advice: () => adviceOf(judged(planned), baseline, indexSamples(samples, evidence), plan, scenarios),
  };
}
