import type { Ledger } from './ledger.js';

/**
 * Gives every due arrival to an idle connection, in order; where none is idle the arrival waits, and its clock runs.
 * Knows no clock and no socket of its own: `C` is whatever can send.
 * @param send writes the arrival's request on a connection
 */
export function dispatcher<C>(
  intended: Float64Array,
  ledger: Ledger,
  send: (connection: C, arrival: number) => void,
) {
  // The last one used is used next: few connections stay warm, as in a client's pool.
  const idle: C[] = [];
  const onItsWay = new Map<C, number>();
  let next = 0;
  let idleSinceMs = Number.NEGATIVE_INFINITY;
  return {
    /** A connection can take a request: it was opened, or its answer came. */
    free(connection: C, atMs: number): void {
      if (idle.length === 0) idleSinceMs = atMs;
      idle.push(connection);
    },
    /** A connection is gone; `arrival` is the one that was on its way over it. */
    lost(connection: C): number | undefined {
      const at = idle.indexOf(connection);
      if (at >= 0) idle.splice(at, 1);
      const arrival = onItsWay.get(connection);
      onItsWay.delete(connection);
      return arrival;
    },
    answered(connection: C): number | undefined {
      const arrival = onItsWay.get(connection);
      onItsWay.delete(connection);
      return arrival;
    },
    /** Sends what is due; true where anything was. */
    dispatch(atMs: number): boolean {
      let sent = false;
      for (let due = intended[next]; due !== undefined && due <= atMs; due = intended[next]) {
        const connection = idle.pop();
        if (connection === undefined) break;
        // One that came due before any connection was idle did not wait for the generator.
        if (due >= idleSinceMs) ledger.sentAtOnce(next, atMs);
        onItsWay.set(connection, next);
        send(connection, next);
        next += 1;
        sent = true;
      }
      return sent;
    },
    onItsWay: () => onItsWay.size,
    isDone: () => next >= intended.length && onItsWay.size === 0,
  };
}
