import type { IsolationRow } from '../../faults/matrix.js';
import { wrapped } from '../format/text.js';
import { tableLines } from './table.js';

const key =
  'reaches: request: only the one that caused it; worker: others on the same thread, too; filter: all that go through the filter, on ' +
  'every worker; process: everything. A + after it: also requests that do not go through the filter. passes: who is served though ' +
  'the filter has not seen the request. harmed: requests of others. well again: seconds from the fault, or from when its server was back.';

// The share of what several Envoys hold in common makes up less.
const worthSayingMiB = 100;

/** How far each fault reached, a line each, at most `width` columns wide. */
export function faultLines(rows: readonly IsolationRow[], width: number): string[] {
  const envoys = new Set(rows.map(({ envoy }) => envoy));
  const table = rows.map((row) => [
    `${row.mechanism} ${row.fault}${envoys.size > 1 ? ` @${row.envoy}` : ''}`,
    shortPolicy(row.policy),
    row.radius + (row.harmsNeighbours && row.radius !== 'process' ? '+' : ''),
    row.unfiltered === 'none' ? '' : row.unfiltered,
    String(row.harmed),
    row.grewMiB !== null && row.grewMiB >= worthSayingMiB ? `+${Math.round(row.grewMiB)}` : '',
    row.died ?? wellAgain(row),
  ]);
  const heads = ['fault', 'policy', 'reaches', 'passes', 'harmed', 'MiB', 'well again'];
  return [...tableLines([heads, ...table], width), '', ...wrapped(key, width)];
}

function shortPolicy(policy: string | null): string {
  if (policy === null) return '';
  const allow = /^failure_mode_allow: (true|false)$/.exec(policy)?.[1];
  if (allow !== undefined) return allow === 'true' ? 'allow' : 'refuse';
  return policy.replace(/^FAIL_/, '').toLowerCase();
}

function wellAgain({ recovered, recoveryMs }: IsolationRow): string {
  if (recovered === null) return 'at once';
  return recovered ? `${((recoveryMs ?? 0) / 1_000).toFixed(1)} s` : 'never';
}
