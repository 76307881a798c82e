import { holm } from '../../stats/multiplicity.js';
import type { ArmChange, Run } from '../schema/index.js';
import { type ChangeDraft, draftChange, judgeChange, type Metric } from './change.js';
import type { ArmPair } from './match-arms.js';

/** A run, and its arms beside those of the first. */
export interface PairedRun {
  readonly run: Run;
  readonly pairs: readonly ArmPair[];
}

/**
 * What every number of every arm changes by from the first run to each other one, judged as one family: whoever reads many numbers
 * together would else find some that changed by chance.
 * @returns the changes of each run in its order, and how many p values were adjusted together.
 */
export function judge(
  first: Run,
  others: readonly PairedRun[],
  confidence: number,
): { changes: ArmChange[][]; tests: number } {
  const drafts = others.map(({ run, pairs }) => {
    const runs = { from: first, to: run, confidence };
    const draft = (metric: Metric, pair: ArmPair) => draftChange(metric, pair, runs);
    return pairs.map((pair) => ({
      pair,
      totalCpuUs: draft('totalCpuUs', pair),
      throughputRatio: draft('throughputRatio', pair),
      p50Us: draft('p50Us', pair),
    }));
  });
  const all = drafts
    .flat()
    .flatMap(({ totalCpuUs, throughputRatio, p50Us }) => [totalCpuUs, throughputRatio, p50Us])
    .filter((draft) => draft !== null);
  const adjusted = holm(all.map(({ p }) => p));
  const adjustedOf = new Map(all.map((draft, index) => [draft, adjusted[index] ?? null]));
  const judged = (metric: Metric, draft: ChangeDraft | null) =>
    draft && judgeChange(metric, draft, adjustedOf.get(draft) ?? null, 1 - confidence);
  const changes = drafts.map((arms) =>
    arms.flatMap(({ pair, ...own }): ArmChange[] => {
      const totalCpuUs = judged('totalCpuUs', own.totalCpuUs);
      const throughputRatio = judged('throughputRatio', own.throughputRatio);
      // An arm with an overhead has both.
      if (!totalCpuUs || !throughputRatio) return [];
      const p50Us = judged('p50Us', own.p50Us);
      return [{ ...identityOf(pair), totalCpuUs, throughputRatio, p50Us }];
    }),
  );
  return { changes, tests: adjusted.filter((p) => p !== null).length };
}

function identityOf({ from, to }: ArmPair) {
  const { scenario, mechanism, variant, class: armClass, runtime } = to;
  return {
    ...{ scenario, mechanism, variant, class: armClass, runtime },
    envoy: { from: from.envoy, to: to.envoy },
    ownUs: from.cpu.totalUs.estimate,
  };
}
