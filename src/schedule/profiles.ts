import type { ProfileName } from '../results/schema/index.js';

/** How much is measured. */
export interface Profile {
  readonly name: ProfileName;
  readonly restarts: number;
  /** Rounds of a restart: as many as the budget allows, within these. */
  readonly rounds: { readonly least: number; readonly most: number };
  /** Rounds at 1 connection. */
  readonly unloadedRounds: number;
  /** Length of a slice's inner window. */
  readonly windowMs: number;
  /** The same at 1 connection, where fewer requests fit: a median needs 200 of them. */
  readonly unloadedWindowMs: number;
  /** Requests a second of the open loop, the same for all arms; `--rate` gives others. */
  readonly rates: readonly number[];
  /** Rounds at each rate. */
  readonly openLoopRounds: number;
  readonly openLoopWindowMs: number;
  /** Slices of every arm that are driven before the first round and are in no cost. */
  readonly warmUpSlices: number;
  readonly budgetSeconds: number;
  /** Scenarios where the user names none. */
  readonly scenarios: readonly string[];
  /** False: too few restarts for intervals; nothing is ranked. */
  readonly intervals: boolean;
}

// Those without a series: with all rungs of all series a run would take most of a day.
const plainScenarios = ['noop', 'headers', 'access'];

// Restarts by the method: at least 12 in quick and 20 in full, for a t interval over restart values.
export const profiles: Readonly<Record<ProfileName, Profile>> = {
  smoke: {
    name: 'smoke',
    restarts: 2,
    rounds: { least: 2, most: 5 },
    unloadedRounds: 1,
    windowMs: 130,
    unloadedWindowMs: 200,
    rates: [2_000],
    openLoopRounds: 1,
    openLoopWindowMs: 130,
    warmUpSlices: 1,
    budgetSeconds: 75,
    scenarios: ['headers'],
    intervals: false,
  },
  quick: {
    name: 'quick',
    restarts: 12,
    rounds: { least: 2, most: 24 },
    unloadedRounds: 1,
    windowMs: 130,
    unloadedWindowMs: 200,
    rates: [1_000, 2_000, 4_000],
    openLoopRounds: 1,
    openLoopWindowMs: 120,
    warmUpSlices: 1,
    budgetSeconds: 580,
    scenarios: plainScenarios,
    intervals: true,
  },
  full: {
    name: 'full',
    restarts: 20,
    rounds: { least: 16, most: 24 },
    unloadedRounds: 4,
    windowMs: 130,
    unloadedWindowMs: 200,
    rates: [1_000, 2_000, 4_000],
    openLoopRounds: 2,
    openLoopWindowMs: 300,
    warmUpSlices: 2,
    budgetSeconds: 5_400,
    scenarios: plainScenarios,
    intervals: true,
  },
};
