import type { Evidence, EvidenceOf, SwapWay } from '../../results/schema/index.js';
import { absent, counted } from '../format/number.js';
import { cell, type GroupedCell, type GroupedColumn, type GroupedRow } from './grouped-table.js';
import type { BesideSection } from './section.js';

/** What the account of a swap means, in words. */
export const swapWords = {
  new: 'from the swap to the first answer of the new version (– where it never came)',
  old: 'to the last of the old one',
  late: 'old answers to requests sent after the first new answer',
} as const;

const ways: Readonly<Record<SwapWay, string>> = {
  listener: 'a new listener',
  'same-path': 'new bytes under the same path, then a new listener',
  'hot-restart': "Envoy's hot restart",
  'cold-restart': 'Envoy ended, then started again',
};

// By Envoy's drain strategy.
const told = { immediate: 'at once', gradual: 'bit by bit' } as const;

/** All swaps, in the order of the evidence. */
export function swapsOf(evidence: readonly Evidence[]): EvidenceOf<'swap'>[] {
  return evidence.filter((item) => item.kind === 'swap');
}

/** `lua/script`. */
export function swapName({ probe }: EvidenceOf<'swap'>): string {
  return probe.replace(/^swap\//, '');
}

/** Whole milliseconds; a dash where there are none. */
export function swapMs(value: number | null): string {
  return value === null ? absent : value.toFixed(0);
}

const columns: readonly GroupedColumn[] = [
  { title: 'Swap', kind: 'word' },
  { title: 'Sent', kind: 'number' },
  { title: 'Lost', kind: 'number' },
  { title: 'Wrong', kind: 'number' },
  { title: 'New, ms', kind: 'number' },
  { title: 'Old, ms', kind: 'number' },
  { title: 'Late old, fresh', kind: 'number' },
  { title: 'Late old, kept', kind: 'number' },
  { title: 'Way', kind: 'text' },
];

/** What swapping a filter under load did to requests; null where none was swapped. */
export function swaps(evidence: readonly Evidence[]): BesideSection | null {
  const found = swapsOf(evidence);
  if (found.length === 0) return null;
  const envoys = [...new Set(found.map(({ envoy }) => envoy))];
  const rates = [...new Set(found.map(({ rps }) => counted(rps, 'request')))];
  return {
    id: 'swaps',
    title: 'Filters swapped under load',
    intro:
      `An Envoy ${envoys.join(', ')} served ${rates.join(' or ')} a second, half on fresh connections and half on kept ones, ` +
      'while one version of a filter took the place of another. Each answer says which version it comes from.',
    key: [
      { word: 'new', tint: null, meaning: swapWords.new },
      { word: 'old', tint: null, meaning: `from the swap ${swapWords.old}` },
      { word: 'late old', tint: null, meaning: `${swapWords.late}, on fresh and on kept connections` },
    ],
    table: {
      columns,
      groups: [{ title: '', mechanism: null, rows: found.map((swap) => rowOf(swap, envoys.length > 1)) }],
    },
    notes: [],
    remarks: [],
    chart: null,
  };
}

function rowOf(swap: EvidenceOf<'swap'>, namesEnvoy: boolean): GroupedRow {
  const { way, from, to, envoy, drainMs, drainStrategy, account } = swap;
  const { offered, lost, wrong, firstNewMs, lastOldMs, oldAfterNew } = account;
  return {
    name: swapName(swap),
    detail: `${from} → ${to}${namesEnvoy ? ` on Envoy ${envoy}` : ''}`,
    mechanism: null,
    cells: [
      cell(String(offered)),
      harm(lost),
      harm(wrong),
      cell(swapMs(firstNewMs), { tint: firstNewMs === null ? 'refused' : null }),
      cell(swapMs(lastOldMs)),
      cell(String(oldAfterNew.fresh)),
      cell(String(oldAfterNew.kept)),
      cell(ways[way], {
        detail: `clients told to leave ${told[drainStrategy]}, cut after ${drainMs / 1_000} s`,
      }),
    ],
  };
}

/** A number that should be 0. */
function harm(count: number): GroupedCell {
  return cell(String(count), { tint: count > 0 ? 'refused' : null });
}
