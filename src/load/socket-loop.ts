import { performance } from 'node:perf_hooks';
import { closedLoopWindow } from './closed-loop-window.js';
import type { Connection } from './connection.js';
import { connectionPool } from './connection-pool.js';
import { hanging } from './response-check.js';
import type { ClosedLoopSlice, SliceOutcome } from './slice.js';
import { encodeRequests } from './wire.js';

// An answer of which a part came, and for so long no more, is shorter than it should be.
const stuckMs = 200;

interface Turn {
  sent: number;
  atMs: number;
  answers: number;
  answersAtOpen: number;
}

/**
 * Drives one slice of closed-loop load on our own sockets: a connection's next request goes out as soon as its answer is
 * there. It costs the generator about half of what autocannon does. A slower client reads and sends in batches of its own
 * making, and those make Envoy cheaper a request than it is to a client that keeps up.
 * @throws Error (ENOENT) where a measured process is gone.
 */
export async function runSocketLoopSlice(slice: ClosedLoopSlice): Promise<SliceOutcome> {
  const requests = encodeRequests(slice.requests, slice.target);
  const turns = new Map<Connection, Turn>();
  let ending: (() => void) | null = null;

  // Every connection goes through the mix in order, as autocannon's do.
  function sendNext(connection: Connection, turn: Turn): void {
    const request = requests[turn.sent % requests.length];
    if (ending || !request) {
      ending?.();
      return;
    }
    turn.sent += 1;
    turn.atMs = performance.now();
    connection.send(request);
  }

  const pool = connectionPool(slice.target, slice.connections, {
    ready(connection) {
      const turn = { sent: 0, atMs: 0, answers: 0, answersAtOpen: 0 };
      turns.set(connection, turn);
      sendNext(connection, turn);
    },
    answered(connection, isRight) {
      const turn = turns.get(connection);
      if (!turn) return;
      turn.answers += 1;
      window.answered(isRight, performance.now() - turn.atMs);
      sendNext(connection, turn);
    },
    lost(connection) {
      turns.delete(connection);
      ending?.();
    },
  });
  const window = closedLoopWindow(slice, {
    windowOpens() {
      for (const turn of turns.values()) turn.answersAtOpen = turn.answers;
    },
    windowCloses() {
      const what = hanging([...turns.values()].map(({ answers, answersAtOpen }) => answers - answersAtOpen));
      if (what !== null) pool.wrong(what);
    },
    bad: pool.bad,
    example: pool.badExample,
  });
  const onTheirWay = () => [...turns.values()].filter(({ sent, answers }) => sent > answers).length;

  /** Sends no more, and waits for what is on its way: most slices end without a request cut off. */
  function drained(): Promise<void> {
    return new Promise((resolve) => {
      const late = setTimeout(resolve, slice.drainMs ?? stuckMs);
      ending = () => {
        if (onTheirWay() > 0) return;
        clearTimeout(late);
        resolve();
      };
      ending();
    });
  }

  return window.run(async () => {
    await drained();
    const aborted = onTheirWay();
    pool.countUnfinished();
    pool.close();
    return aborted;
  });
}
