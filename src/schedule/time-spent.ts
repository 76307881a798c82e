import type { RestartsDone, TimeSpent } from '../results/schema/index.js';
import type { DoneRestart } from './done-restart.js';

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

const nothing: TimeSpent = {
  startSeconds: 0,
  proofSeconds: 0,
  warmUpSeconds: 0,
  windowSeconds: 0,
  waitingSeconds: 0,
  totalSeconds: 0,
};

/** @param done what an earlier try of the same run has finished, in order: the account goes on from its last */
export function timeLedger(
  now: () => number = () => performance.now(),
  done: readonly DoneRestart[] = [],
): TimeLedger {
  const begin = now();
  const before = done.at(-1)?.timeSpent ?? nothing;
  const seconds: Record<Activity, number> = {
    start: before.startSeconds,
    proof: before.proofSeconds,
    warmUp: before.warmUpSeconds,
    slice: 0,
    stop: 0,
  };
  const restarts = new Map<number, RestartsDone>();
  let { windowSeconds } = before;
  const restart: TimeLedger['restart'] = (place, { scenario, setting }, took) => {
    const known = restarts.get(place);
    const about = { scenario, ...(setting !== undefined && { setting }) };
    const count = (known?.restarts ?? 0) + 1;
    restarts.set(place, { ...about, restarts: count, seconds: (known?.seconds ?? 0) + took });
  };
  for (const one of done) restart(one.place, one, one.seconds);
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
    restart,
    restarts: () => [...restarts].toSorted(([a], [b]) => a - b).map(([, done]) => done),
    spent() {
      const totalSeconds = before.totalSeconds + (now() - begin) / 1_000;
      const { start, proof, warmUp, stop } = seconds;
      const known = { startSeconds: start + stop, proofSeconds: proof, warmUpSeconds: warmUp, windowSeconds };
      const waiting = totalSeconds - start - stop - proof - warmUp - windowSeconds;
      return { ...known, waitingSeconds: Math.max(0, waiting), totalSeconds };
    },
  };
}
