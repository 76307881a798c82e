import { compareRuns } from '../../../src/results/compare/index.js';
import type { Run } from '../../../src/results/schema/index.js';
import { noisyRun } from './made-runs.js';

export const few = { variants: ['lua', 'ext-proc/rust-uds'], twins: ['lua', 'ext-proc/rust-uds'] };

/** Two runs of the same, between which nothing is to be called, and one in which Lua is dearer by 5 µs. */
export const a = (await noisyRun(1, few)).run;
export const b = (await noisyRun(2, few)).run;
export const dearer = (await noisyRun(3, { ...few, moreUs: { lua: 5 } })).run;

export const at = (runs: readonly Run[]) => runs.map((run) => ({ dir: run.id, run }));
const plain = { force: false, failOn: null };
export const compared = (...runs: Run[]) => compareRuns(at(runs), plain);
export const armOf = (run: Run, variant: string) =>
  run.arms.find((arm) => arm.variant === variant && arm.twinOf === null)!;

/** The run with one number of an arm set. */
export function withArm(
  run: Run,
  variant: string,
  change: (arm: Run['arms'][number]) => Run['arms'][number],
): Run {
  return { ...run, arms: run.arms.map((arm) => (arm.variant === variant ? change(arm) : arm)) };
}
