import type { IsolationRow } from '../../faults/matrix.js';
import {
  growthText,
  isolationWords,
  radiusMeanings,
  radiusText,
  shortPolicy,
  wellAgain,
} from '../content/isolation.js';
import { wrapped } from '../format/text.js';
import { tableLines } from './table.js';

const { request, worker, filter, process } = radiusMeanings;
const { plus, passes, harmed, wellAgain: again } = isolationWords;
const key =
  `reaches: request: ${request}; worker: ${worker}; filter: ${filter}; process: ${process}. ` +
  `A + after it: ${plus}. passes: ${passes}. harmed: ${harmed}. well again: ${again}.`;

/** How far each fault reached, a line each, at most `width` columns wide. */
export function faultLines(rows: readonly IsolationRow[], width: number): string[] {
  const envoys = new Set(rows.map(({ envoy }) => envoy));
  const table = rows.map((row) => [
    `${row.mechanism} ${row.fault}${envoys.size > 1 ? ` @${row.envoy}` : ''}`,
    shortPolicy(row.policy),
    radiusText(row),
    row.unfiltered === 'none' ? '' : row.unfiltered,
    String(row.harmed),
    growthText(row),
    row.died ?? wellAgain(row),
  ]);
  const heads = ['fault', 'policy', 'reaches', 'passes', 'harmed', 'MiB', 'well again'];
  return [...tableLines([heads, ...table], width), '', ...wrapped(key, width)];
}
