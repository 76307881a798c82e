import { type IsolationRow, isolationMatrix } from '../../faults/matrix.js';
import { type Radius, radii } from '../../faults/radius.js';
import { faultTitle } from '../../faults/titles.js';
import type { Evidence, EvidenceOf } from '../../results/schema/index.js';
import { absent, counted } from '../format/number.js';
import { oneLine } from '../format/text.js';
import { mechanismRank } from '../palette.js';
import { cell, type GroupedCell, type GroupedColumn, type GroupedRow, groupedBy } from './grouped-table.js';
import type { BesideSection } from './section.js';

/** The section's place in a page, and the name of its chart. */
export const isolationId = 'isolation';

/** Whose requests are refused, or not answered. */
export const radiusMeanings: Readonly<Record<Radius, string>> = {
  none: 'nobody notices',
  request: 'only the one that caused it',
  worker: 'others on the same thread, too',
  filter: 'all that go through the filter, on every worker',
  process: 'everything',
};

/** What the other words of the matrix mean. */
export const isolationWords = {
  plus: 'also requests that do not go through the filter',
  passes: 'who is served though the filter has not seen the request',
  harmed: 'requests of others',
  wellAgain: 'seconds from the fault, or from when its server was back',
} as const;

// The share of what several Envoys hold in common makes up less.
const worthSayingMiB = 100;

/** How much Envoy grew, where that is more than the memory of such a process wavers: `+256`; else empty. */
export function growthText({ grewMiB }: IsolationRow): string {
  return grewMiB !== null && grewMiB >= worthSayingMiB ? `+${Math.round(grewMiB)}` : '';
}

/** `worker+`: how far it reached, with a mark where requests that do not go through the filter were harmed as well. */
export function radiusText({ radius, harmsNeighbours }: IsolationRow): string {
  return radius + (harmsNeighbours && radius !== 'process' ? '+' : '');
}

/** `open`, `allow`: what Envoy is told to do when the filter fails; empty where there is no choice. */
export function shortPolicy(policy: string | null): string {
  if (policy === null) return '';
  const allow = /^failure_mode_allow: (true|false)$/.exec(policy)?.[1];
  if (allow !== undefined) return allow === 'true' ? 'allow' : 'refuse';
  return policy.replace(/^FAIL_/, '').toLowerCase();
}

/** `1.3 s`, `at once` where nothing had to recover, or `never`. */
export function wellAgain({ recovered, recoveryMs }: IsolationRow): string {
  if (recovered === null) return 'at once';
  return recovered ? `${((recoveryMs ?? 0) / 1_000).toFixed(1)} s` : 'never';
}

/** `128 requests a second over 2 workers, …`: every load that faults came under. */
export function faultLoadText(evidence: readonly Evidence[]): string {
  const loads = faultsOf(evidence).map(
    ({ load: { rps, workers, timeoutMs } }) =>
      `${counted(rps, 'request')} a second over ${counted(workers, 'worker')}, each to be answered within ${timeoutMs / 1_000} s`,
  );
  return [...new Set(loads)].join('; or ');
}

const columns: readonly GroupedColumn[] = [
  { title: 'Fault', kind: 'word' },
  { title: 'Policy', kind: 'word' },
  { title: 'Reaches', kind: 'word' },
  { title: 'Passes', kind: 'word' },
  { title: 'Harmed', kind: 'number' },
  { title: 'Slowest, s', kind: 'number' },
  { title: 'Well again', kind: 'number' },
  { title: 'Grown, MiB', kind: 'number' },
  { title: 'Envoy', kind: 'word' },
];

/** How far a fault of each mechanism reaches; null where none was injected. */
export function isolation(evidence: readonly Evidence[]): BesideSection | null {
  const faults = faultsOf(evidence);
  if (faults.length === 0) return null;
  const rows = isolationMatrix(evidence);
  const envoys = [...new Set(faults.map(({ envoy }) => envoy))];
  const groups = groupedBy(rows, ({ variant, envoy }) => JSON.stringify([variant, envoy]))
    .map(([, own]) => groupOf(own, envoys.length > 1))
    .toSorted((a, b) => mechanismRank(a.mechanism) - mechanismRank(b.mechanism));
  return {
    id: isolationId,
    title: 'How far a fault reaches',
    intro:
      `Each fault was injected into an Envoy ${envoys.join(', ')} of its own, under a steady load of ${faultLoadText(evidence)}.` +
      (rows.some(({ injections }) => injections > 1) ? ' Of several injections the worst is shown.' : ''),
    key: [
      ...radii.map((word) => ({ word, tint: word, meaning: radiusMeanings[word] })),
      { word: '+', tint: null, meaning: isolationWords.plus },
      { word: 'passes', tint: null, meaning: isolationWords.passes },
      { word: 'harmed', tint: null, meaning: isolationWords.harmed },
      { word: 'slowest', tint: null, meaning: 'the longest wait of others for a right answer' },
      { word: 'well again', tint: null, meaning: isolationWords.wellAgain },
    ],
    table: { columns, groups },
    notes: [],
    remarks: faults.filter(({ passed }) => !passed).map(notCounted),
    chart: rows.length === 0 ? null : 'shown',
  };
}

function faultsOf(evidence: readonly Evidence[]): EvidenceOf<'fault'>[] {
  return evidence.filter((item) => item.kind === 'fault');
}

function notCounted({ variant, fault, policy, envoy, problem }: EvidenceOf<'fault'>): string {
  const name = [variant, fault, ...(policy === null ? [] : [policy])].join(', ');
  return `${name} on Envoy ${envoy} does not count: ${oneLine(problem ?? 'it could not be injected')}`;
}

function groupOf(rows: readonly IsolationRow[], namesEnvoy: boolean) {
  const [first] = rows;
  const { variant, mechanism, envoy } = first ?? { variant: '', mechanism: '', envoy: '' };
  return {
    title: namesEnvoy ? `${variant} on Envoy ${envoy}` : variant,
    mechanism,
    rows: rows.map((row, index) => rowOf(row, rows[index - 1])),
  };
}

/** What a fault is, is said once for all policies. */
function rowOf(row: IsolationRow, before: IsolationRow | undefined): GroupedRow {
  return {
    name: row.fault,
    detail: row.fault === before?.fault ? '' : faultTitle(row.fault),
    mechanism: null,
    cells: [
      cell(row.policy ?? absent),
      cell(radiusText(row), { tint: row.radius, hint: radiusMeanings[row.radius] }),
      passes(row),
      cell(String(row.harmed)),
      cell((row.slowestMs / 1_000).toFixed(2)),
      cell(row.died === null ? wellAgain(row) : 'never'),
      cell(growthText(row) || absent),
      cell(row.died ?? 'lives'),
    ],
  };
}

function passes({ unfiltered }: IsolationRow): GroupedCell {
  return unfiltered === 'none' ? cell(absent) : cell(unfiltered, { tint: unfiltered });
}
