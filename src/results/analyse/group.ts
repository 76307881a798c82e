import { type Condition, conditionOf, type Evidence } from '../schema/index.js';
import { type Cell, type Slice, type SliceTable, slicesOf } from '../slices/index.js';
import { recent } from './recent.js';

/** The slices of one arm under one load condition, by restart, in restart order. */
export type SlicesByRestart = ReadonlyMap<number, readonly Slice[]>;

export interface SampleIndex {
  /** Measured slices. */
  of(arm: string, condition: Condition): SlicesByRestart;
  /** Warm-up slices at capacity. */
  warmUp(arm: string): SlicesByRestart;
  /** Also those that give no numbers. */
  all(arm: string): readonly Cell[];
}

// Of an arm and of what it is compared with, each under all its loads; pooled histograms hang on them (pooled.ts).
const mostUnfolded = 16;

/**
 * Sorts slices by arm, load condition and restart. Only restarts whose counters agreed after load give numbers: in a restart
 * that was cut short nobody knows whether the filter ran.
 */
export function indexSamples(
  { cells }: Pick<SliceTable, 'cells'>,
  evidence: readonly Evidence[],
): SampleIndex {
  const proven = new Set(
    evidence
      .filter(({ kind, passed }) => kind === 'counters' && passed)
      .map(({ arm, restart }) => `${restart} ${arm}`),
  );
  const grouped = new Map<string, Cell[]>();
  const whole = new Map<string, Cell[]>();
  for (const cell of cells) {
    push(whole, cell.arm, cell);
    if (!proven.has(`${cell.restart} ${cell.arm}`)) continue;
    push(grouped, `${cell.purpose} ${conditionOf(cell.load)} ${cell.arm}`, cell);
  }
  const unfolded = recent(mostUnfolded, (key) => byRestart(grouped.get(key) ?? []));
  return {
    of: (arm, condition) => unfolded(`measure ${condition} ${arm}`),
    warmUp: (arm) => unfolded(`warm-up capacity ${arm}`),
    all: (arm) => whole.get(arm) ?? [],
  };
}

function byRestart(cells: readonly Cell[]): SlicesByRestart {
  const restarts = new Map<number, readonly Slice[]>();
  for (const cell of cells)
    restarts.set(cell.restart, [...(restarts.get(cell.restart) ?? []), ...slicesOf(cell)]);
  return restarts;
}

/** Evidence by arm. */
export function evidenceByArm(evidence: readonly Evidence[]): ReadonlyMap<string, readonly Evidence[]> {
  const arms = new Map<string, Evidence[]>();
  for (const item of evidence) push(arms, item.arm, item);
  return arms;
}

function push<K, T>(map: Map<K, T[]>, key: K, item: T): void {
  const list = map.get(key);
  if (list) list.push(item);
  else map.set(key, [item]);
}
