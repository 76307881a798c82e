import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultListener } from '../results/schema/index.js';
import type { Answer, Lane } from './lane.js';

/** One request of the steady load; times are of `performance.now()`. */
export interface Exchange extends Answer {
  readonly listener: FaultListener;
  /** When it was due, whatever the requests before it did. */
  readonly dueMs: number;
  /** When it was handed to its lane: later only where we were held up ourselves. */
  readonly askedMs: number;
  readonly endMs: number;
}

/**
 * Sends `rps` requests a second in turn over lanes, until it is told to stop; an open loop: a request is due whether or not the one
 * before it on its lane was answered, and its time counts from then.
 * @returns every request that was due, once each has its answer or its failure.
 */
export async function steadyLoad(
  lanes: readonly Lane[],
  { rps, timeoutMs }: { readonly rps: number; readonly timeoutMs: number },
  stop: AbortSignal,
): Promise<Exchange[]> {
  const startMs = performance.now();
  const sent: Promise<Exchange>[] = [];
  while (!stop.aborted) {
    const dueMs = startMs + (sent.length * 1_000) / rps;
    await sleep(Math.max(0, dueMs - performance.now()), undefined, { signal: stop }).catch(() => undefined);
    const lane = lanes[sent.length % lanes.length];
    if (stop.aborted || !lane) break;
    sent.push(exchange(lane, dueMs, timeoutMs));
  }
  return Promise.all(sent);
}

async function exchange(lane: Lane, dueMs: number, timeoutMs: number): Promise<Exchange> {
  const askedMs = performance.now();
  const answer = await lane.ask(timeoutMs);
  return { ...answer, listener: lane.listener, dueMs, askedMs, endMs: performance.now() };
}
