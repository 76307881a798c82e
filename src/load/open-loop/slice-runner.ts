import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import type { Connection } from '../connection.js';
import { connectionPool } from '../connection-pool.js';
import { encodeAndDestroy } from '../histogram.js';
import type { OpenLoopSlice, SliceOutcome } from '../slice.js';
import { spin } from '../spin.js';
import { type Edge, readEdge, useBetween } from '../window-use.js';
import { encodeRequests } from '../wire.js';
import { intendedStarts, quietMs, type Share } from './arrivals.js';
import { dispatcher } from './dispatcher.js';
import { openLedger } from './ledger.js';

/**
 * Drives one slice, or a process's share of it, at its arrivals' times and not at the target's pace.
 * @param startAt gives the instant of the slice's start on `performance.now()`, once the connections are open
 * @throws Error (ENOENT) where a measured process is gone.
 */
export async function runOpenLoopSlice(
  slice: OpenLoopSlice,
  share: Share = { index: 0, of: 1 },
  startAt: () => Promise<number> = async () => performance.now(),
): Promise<SliceOutcome> {
  const requests = encodeRequests(slice.requests, slice.target);
  const window = { openMs: slice.leadMs, closeMs: slice.leadMs + slice.windowMs };
  const intended = intendedStarts(slice, share);
  const ledger = openLedger(intended, window);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  let originMs = Number.POSITIVE_INFINITY;
  let open: Edge | null = null;
  let close: Edge | null = null;
  let spunMs = 0;
  let requestsInWindow = 0;
  let worked = false;

  const arrivals = dispatcher<Connection>(intended, ledger, (connection, arrival) => {
    const request = requests[arrival % requests.length];
    if (request) connection.send(request);
  });
  const pool = connectionPool(slice.target, Math.ceil(slice.connections / share.of), {
    ready: (connection) => arrivals.free(connection, performance.now() - originMs),
    answered(connection, right) {
      worked = true;
      const atMs = performance.now() - originMs;
      const arrival = arrivals.answered(connection);
      if (arrival !== undefined) ledger.answered(arrival, atMs, right);
      if (right && open && !close) requestsInWindow += 1;
      arrivals.free(connection, atMs);
      // One that waits for a connection goes at once, as from a real client's queue.
      arrivals.dispatch(atMs);
    },
    lost(connection) {
      const arrival = arrivals.lost(connection);
      if (arrival !== undefined) ledger.answered(arrival, performance.now() - originMs, false);
    },
  });

  function turn(nowMs: number) {
    const atMs = nowMs - originMs;
    if (!open && atMs >= window.openMs - quietMs) {
      open = readEdge(slice.cpu);
      spunMs = -pacing.idleMs();
      return 'busy';
    }
    const sent = arrivals.dispatch(atMs);
    if (!close && atMs >= window.closeMs) {
      close = readEdge(slice.cpu);
      spunMs += pacing.idleMs();
      return 'busy';
    }
    if (close && (arrivals.isDone() || atMs >= window.closeMs + slice.drainMs)) return 'done';
    return sent ? 'busy' : 'idle';
  }
  const didWork = () => {
    const did = worked;
    worked = false;
    return did;
  };

  let pacing: ReturnType<typeof spin> = { idleMs: () => 0, ended: Promise.resolve() };
  try {
    await pool.opened;
    const startMs = await startAt();
    originMs = startMs;
    delay.enable();
    if (pool.size() > 0) {
      pacing = spin(turn, didWork);
      await pacing.ended;
    }
    // Without any connection nothing was offered, and nothing is known.
    const account = (open ? ledger : openLedger(new Float64Array(0), window)).close(
      performance.now() - originMs,
    );
    pool.countUnfinished();
    return {
      startNs: Math.round(startMs * 1e6),
      ...useBetween(open, close),
      requests: requestsInWindow,
      bad: pool.bad(),
      badExample: pool.badExample(),
      served: pool.served(),
      aborted: arrivals.onItsWay(),
      eventLoopDelayUs: Math.round(delay.max / 1e3),
      generators: 1,
      offered: account.offered,
      answeredInTime: account.answeredInTime,
      unanswered: account.unanswered,
      backlog: account.backlog,
      sendLagUs: account.sendLagUs,
      spinNs: Math.round(spunMs * 1e6),
      histogram: encodeAndDestroy(account.histogram),
    };
  } finally {
    pool.close();
    delay.disable();
  }
}
