import { setTimeout as sleep } from 'node:timers/promises';
import { FailedError, InstrumentError } from '../errors.js';
import { howItEnded, lastLines } from '../runtime/log-tail.js';
import type { ExitInfo, RunningWorkload } from '../runtime/types.js';

/** What work on an arm needs alive. */
export interface Needed {
  /** Its Envoy, and its external server. */
  readonly own: readonly Mortal[];
  /** Upstreams, which other arms need, too. */
  readonly shared: readonly Mortal[];
}

type Mortal = Pick<RunningWorkload, 'exited' | 'logTail'> & {
  readonly spec: Pick<RunningWorkload['spec'], 'role'>;
};

// A broken connection is seen before the word of a process that ended; an engine takes longer to tell than the kernel.
const wordOfDeathMs = 500;
const shownLines = 6;
const names = { envoy: 'Envoy', 'ext-server': 'the external server', upstream: 'the upstream' } as const;

/**
 * Works on an arm. Where that goes wrong, and something that it needs has ended, that is the reason, and not what it looked like from
 * outside: refused connections, wrong answers, files of a process that are not there.
 * @param isWell whether what came of it leaves nothing to explain
 * @throws FailedError where the arm's own Envoy or server ended; InstrumentError where an upstream did, which no arm is to blame for.
 */
export async function orDeath<T>(
  needed: Needed,
  work: () => Promise<T>,
  isWell: (outcome: T) => boolean,
): Promise<T> {
  let outcome: T;
  try {
    outcome = await work();
  } catch (error) {
    if (error instanceof FailedError) await throwDeath(needed, error);
    throw error;
  }
  if (!isWell(outcome)) await throwDeath(needed);
  return outcome;
}

async function throwDeath({ own, shared }: Needed, cause?: unknown): Promise<void> {
  const dead = await firstToEnd([...own, ...shared]);
  if (!dead) return;
  const what = `${names[dead.one.spec.role]} ${howItEnded(dead.exit, lastLines(dead.one.logTail(), shownLines))}`;
  if (shared.includes(dead.one)) {
    throw new InstrumentError(what, 'see whether the kernel ended it for lack of memory (dmesg)', cause);
  }
  throw new FailedError(what, 'its last lines say why', cause);
}

async function firstToEnd(all: readonly Mortal[]): Promise<{ one: Mortal; exit: ExitInfo } | null> {
  const giveUp = new AbortController();
  const noWord = sleep(wordOfDeathMs, null, { signal: giveUp.signal });
  const words = all.map(async (one) => ({ one, exit: await one.exited }));
  const first = await Promise.race([...words, noWord]);
  giveUp.abort();
  await noWord.catch(() => undefined);
  return first;
}
