import { median } from 'simple-statistics';
import type { Advice, ArmIdentity, Run, Shortfall } from '../schema/index.js';
import { totalsOf } from '../slices/index.js';
import { adviceOf } from './advice.js';
import { judgeArm } from './arm-status.js';
import { baselineOf, type PlannedArm } from './baseline.js';
import type { KeptLines } from './counting-lines.js';
import { costDifference, costEstimate } from './estimates.js';
import { evidenceByArm, indexSamples } from './group.js';
import { type CostOfArm, halfWidth, shortfallsOf } from './precision.js';

/** What a schedule asks of the run that it drives: it is much less than the whole analysis, and asked after every restart. */
export interface Interim {
  /** Those of these arms whose intervals are still wider than the plan asks for. */
  shortfalls(ids: ReadonlySet<string>): Shortfall[];
  /** How wide the intervals of these arms are; null where none has one. */
  widths(ids: ReadonlySet<string>): IntervalWidths | null;
  /** What the variances advise; null where they tell nothing. */
  advice(): Advice | null;
}

/** Half-widths of overheads in total CPU. */
export interface IntervalWidths {
  readonly medianUs: number;
  readonly widestUs: number;
  /** Whose the widest is. */
  readonly widestArm: string;
  /** How many arms have an interval. */
  readonly arms: number;
  /** Those wider than the plan asks for, the farthest first; null where it asks for no precision. */
  readonly shortfalls: readonly Shortfall[] | null;
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
  const costsOf = (ids: ReadonlySet<string>): CostOfArm[] => {
    const { own, needed } = isMine(ids);
    const index = indexOf(needed);
    return judged(own).flatMap(({ status, ...arm }): CostOfArm[] => {
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
  };
  return {
    shortfalls: (ids) => shortfallsOf(costsOf(ids), plan),
    widths(ids) {
      const costs = costsOf(ids);
      const widths = costs.flatMap(({ arm, overheadUs }) => {
        const us = overheadUs && halfWidth(overheadUs);
        return us === null ? [] : [{ arm: arm.id, us }];
      });
      const widest = widths.toSorted((a, b) => b.us - a.us)[0];
      if (!widest) return null;
      return {
        medianUs: median(widths.map(({ us }) => us)),
        widestUs: widest.us,
        widestArm: widest.arm,
        arms: widths.length,
        shortfalls: plan.precisionUs === null ? null : shortfallsOf(costs, plan),
      };
    },
    advice: () => adviceOf(judged(planned), baseline, indexSamples(slices, evidence), plan, scenarios),
  };
}
