import type { RestartsDone, TimeSpent } from '../results/schema/index.js';

/** What a run's time goes to, besides the windows in which something counts. */
export type Activity = 'start' | 'proof' | 'warmUp' | 'slice' | 'stop';

/** Adds up where the time of a run goes. */
export interface TimeLedger {
  /** Times one activity, also where it fails. */
  of<T>(activity: Activity, work: Promise<T>): Promise<T>;
  /** A measured slice had a window of this length. */
  window(windowNs: number): void;
  /** A restart of the scenario at this place of the plan took so long, all in all. */
  restart(place: number, about: Pick<RestartsDone, 'scenario' | 'setting'>, seconds: number): void;
  /** What was restarted, in order of the plan. */
  restarts(): RestartsDone[];
  spent(): TimeSpent;
}

export function timeLedger(now: () => number = () => performance.now()): TimeLedger {
  const begin = now();
  const seconds: Record<Activity, number> = { start: 0, proof: 0, warmUp: 0, slice: 0, stop: 0 };
  const restarts = new Map<number, RestartsDone>();
  let windowSeconds = 0;
  return {
    async of(activity, work) {
      const since = now();
      try {
        return await work;
      } finally {
        seconds[activity] += (now() - since) / 1_000;
      }
    },
    window(windowNs) {
      windowSeconds += windowNs / 1e9;
    },
    restart(place, { scenario, setting }, took) {
      const before = restarts.get(place);
      const count = (before?.restarts ?? 0) + 1;
      const about = { scenario, ...(setting !== undefined && { setting }) };
      restarts.set(place, { ...about, restarts: count, seconds: (before?.seconds ?? 0) + took });
    },
    restarts: () => [...restarts].toSorted(([a], [b]) => a - b).map(([, done]) => done),
    spent() {
      const totalSeconds = (now() - begin) / 1_000;
      const { start, proof, warmUp, stop } = seconds;
      const known = { startSeconds: start + stop, proofSeconds: proof, warmUpSeconds: warmUp, windowSeconds };
      const waiting = totalSeconds - start - stop - proof - warmUp - windowSeconds;
      return { ...known, waitingSeconds: Math.max(0, waiting), totalSeconds };
    },
  };
}
