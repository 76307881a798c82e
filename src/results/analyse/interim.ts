import type { Advice, ArmIdentity, Run, Shortfall } from '../schema/index.js';
import { totalsOf } from '../slices/index.js';
import { adviceOf } from './advice.js';
import { judgeArm } from './arm-status.js';
import { baselineOf, type PlannedArm } from './baseline.js';
import type { KeptLines } from './counting-lines.js';
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

/** Judges a run by the slices and the evidence that there are so far. */
export function interimOf(
  { plan, scenarios }: Pick<Run, 'plan' | 'scenarios'>,
  planned: readonly PlannedArm[],
  { slices, evidence }: KeptLines,
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
      { cells: slices.cells.filter(({ arm }) => needed.has(arm)) },
      evidence.filter(({ arm }) => needed.has(arm)),
    );
  const judged = (arms: readonly PlannedArm[]) => {
    const proofs = evidenceByArm(evidence);
    return arms.map(({ identity, known }) => ({
      ...identity,
      status: (known ?? judgeArm(proofs.get(identity.id) ?? [], totalsOf([]))).status,
    }));
  };
  return {
    shortfalls(ids) {
      const { own: asked, needed } = isMine(ids);
      const index = indexOf(needed);
      const costs = judged(asked).flatMap(({ status, ...arm }): CostOfArm[] => {
        const reference = baseline(arm);
        if (status !== 'valid' || !reference) return [];
        const own = index.of(arm.id, 'capacity');
        const paired = { arm: own, other: index.of(reference.id, 'capacity'), within: 'block' as const };
        return [
          {
            arm,
            overheadUs: costDifference(paired, 'total', options),
            ownUs: costEstimate(own, 'total', options)?.estimate ?? null,
          },
        ];
      });
      return shortfallsOf(costs, plan);
    },
    advice: () => adviceOf(judged(planned), baseline, indexSamples(slices, evidence), plan, scenarios),
  };
}
