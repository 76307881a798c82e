import type { TimeSpent } from '../results/schema/index.js';

/** A restart that an earlier try of the run has finished: it is not driven again. */
export interface DoneRestart {
  /** Index in the plan of what was restarted. */
  readonly place: number;
  readonly scenario: string;
  readonly setting?: string;
  readonly restart: number;
  readonly seconds: number;
  /** Of the whole run until then. */
  readonly timeSpent: TimeSpent;
  /** Ids of arms that failed in it. */
  readonly failed: readonly string[];
  /** Those of them that are invalid, and not unavailable. */
  readonly invalid?: readonly string[];
}

/** What is known of a run's earlier tries, given out once each. */
export function restartsBefore(done: readonly DoneRestart[]) {
  const left = new Map(done.map((one) => [keyOf(one.place, one.restart), one]));
  return {
    take(place: number, restart: number): DoneRestart | null {
      const key = keyOf(place, restart);
      const found = left.get(key) ?? null;
      left.delete(key);
      return found;
    },
    isEmpty: () => left.size === 0,
  };
}

function keyOf(place: number, restart: number): string {
  return `${place} ${restart}`;
}
