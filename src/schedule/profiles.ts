import type { ProfileName } from '../results/schema/index.js';

/** How narrow intervals are to become: the half-width of an overhead in total CPU. */
export interface Precision {
  readonly us: number;
  /** Or this share of what a request costs the arm itself, where that is more: a MiB is never known to a µs. */
  readonly share: number;
}

/** What one restart holds. */
export interface RestartShape {
  /** Length of a slice's inner window. */
  readonly windowMs: number;
  /** Slices of every arm that are driven before the first round and are in no cost. */
  readonly warmUpSlices: number;
  readonly warmUpWindowMs: number;
  /** Rounds at 1 connection. */
  readonly unloadedRounds: number;
  /** The window at 1 connection, where fewer requests fit: a median needs 200 of them. */
  readonly unloadedWindowMs: number;
  /** Requests a second of the open loop, the same for all arms; `--rate` gives others. */
  readonly rates: readonly number[];
  /** Rounds at each rate. */
  readonly openLoopRounds: number;
  readonly openLoopWindowMs: number;
}

/** How much is measured. */
export interface Profile extends RestartShape {
  readonly name: ProfileName;
  /** Of every scenario; with a precision the number that rounds are fitted to. */
  readonly restarts: number;
  /** Rounds of a restart: as many as the budget allows, within these. */
  readonly rounds: { readonly least: number; readonly most: number };
  readonly budgetSeconds: number;
  /** Where the user names none; null: as many restarts as above, however wide intervals are then. */
  readonly precision: Precision | null;
  /** A restart where the budget can't hold all of them whole; unloaded rounds and rates then take turns. Null: it stays whole. */
  readonly lean: RestartShape | null;
  /** Scenarios where the user names none. */
  readonly scenarios: readonly string[] | 'all';
  /** False: too few restarts for intervals; nothing is ranked. */
  readonly intervals: boolean;
}

// Those without a series: with all rungs of all series ten minutes would hold no restart.
const plainScenarios = ['noop', 'headers', 'access'];

// Restarts by the method: at least 12 in quick and 20 in full, for a t interval over restart values.
export const profiles: Readonly<Record<ProfileName, Profile>> = {
  smoke: {
    name: 'smoke',
    restarts: 2,
    rounds: { least: 2, most: 5 },
    windowMs: 130,
    warmUpSlices: 1,
    warmUpWindowMs: 130,
    unloadedRounds: 1,
    unloadedWindowMs: 200,
    rates: [2_000],
    openLoopRounds: 1,
    openLoopWindowMs: 130,
    budgetSeconds: 75,
    precision: null,
    lean: null,
    scenarios: ['headers'],
    intervals: false,
  },
  quick: {
    name: 'quick',
    restarts: 12,
    rounds: { least: 2, most: 24 },
    windowMs: 130,
    warmUpSlices: 1,
    warmUpWindowMs: 130,
    unloadedRounds: 1,
    unloadedWindowMs: 200,
    rates: [1_000, 2_000, 4_000],
    openLoopRounds: 1,
    openLoopWindowMs: 120,
    budgetSeconds: 580,
    precision: null,
    lean: null,
    scenarios: plainScenarios,
    intervals: true,
  },
  full: {
    name: 'full',
    restarts: 20,
    rounds: { least: 2, most: 24 },
    windowMs: 130,
    warmUpSlices: 2,
    warmUpWindowMs: 130,
    unloadedRounds: 4,
    unloadedWindowMs: 200,
    rates: [1_000, 2_000, 4_000],
    openLoopRounds: 2,
    openLoopWindowMs: 300,
    budgetSeconds: 5_400,
    precision: { us: 1, share: 0.03 },
    lean: {
      windowMs: 60,
      warmUpSlices: 1,
      warmUpWindowMs: 40,
      unloadedRounds: 1,
      unloadedWindowMs: 130,
      rates: [2_000],
      openLoopRounds: 1,
      openLoopWindowMs: 130,
    },
    scenarios: 'all',
    intervals: true,
  },
};
