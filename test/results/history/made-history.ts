import type { RunAt } from '../../../src/results/compare/index.js';
import type { HistoryOptions } from '../../../src/results/history/index.js';
import type { Run } from '../../../src/results/schema/index.js';
import { draws } from '../../stats/draws.js';
import { noisyRun, type Special } from '../compare/made-runs.js';

// As between real runs: the machine gets slower or faster for all arms alike, by a share and by some µs a request.
const slownessSd = 0.02;
const shiftSdUs = 0.3;

/** What is special about the run at a place, from 0. */
export type SpecialAt = (place: number) => Special;

/** Runs of known truth, a day apart, the oldest first. */
export async function madeHistory(
  count: number,
  seed: number,
  specialAt: SpecialAt = () => ({}),
): Promise<RunAt[]> {
  const { normal } = draws(`history ${seed}`);
  const runs: RunAt[] = [];
  for (let place = 0; place < count; place += 1) {
    const drift = { slowness: Math.exp(slownessSd * normal()), shiftUs: shiftSdUs * normal() };
    const special = { variants: ['lua'], twins: ['lua'], ...drift, ...specialAt(place) };
    const { run } = await noisyRun(1_000 * seed + place, special);
    runs.push({ dir: `results/day-${place + 1}`, run: { ...run, ...onDay(place), ...special.about } });
  }
  return runs;
}

function onDay(place: number): Pick<Run, 'startedAt' | 'finishedAt'> {
  const at = (minute: number) => new Date(Date.UTC(2026, 2, 1 + place, 3, minute)).toISOString();
  return { startedAt: at(0), finishedAt: at(10) };
}

export const everything: HistoryOptions = {
  scenarios: [],
  mechanisms: [],
  since: null,
  last: null,
  knownFiles: new Map([
    ['wasm/rust', new Set(['wasm/filterbench.wasm'])],
    ['upstream', new Set(['upstream'])],
    ['lua', new Set()],
  ]),
};
