import type { TcpAddress } from '../runtime/types.js';
import { type Connection, openConnection } from './connection.js';

const openingMs = 2_000;
// A target that refuses would otherwise be asked again in every turn.
const reopenMs = 10;

export interface PoolEvents {
  /** A connection can take its first request. */
  ready(connection: Connection): void;
  answered(connection: Connection, right: boolean): void;
  lost(connection: Connection): void;
}

/** Keeps `count` connections open, replaces those that fail, and counts what went wrong on them. */
export function connectionPool(target: TcpAddress, count: number, events: PoolEvents) {
  const living = new Set<Connection>();
  const opening = new Set<Connection>();
  const reopening = new Set<NodeJS.Timeout>();
  let bad = 0;
  let badExample: string | null = null;
  let served = 0;
  let closed = false;
  let settle: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    settle = resolve;
  });
  const late = setTimeout(settle, openingMs);

  const wrong = (what: string) => {
    bad += 1;
    badExample ??= what;
  };

  function open(): void {
    const connection = openConnection(target, {
      opened(connection) {
        opening.delete(connection);
        living.add(connection);
        events.ready(connection);
        if (opening.size === 0) settle();
      },
      answered(connection, what) {
        served += 1;
        if (what !== null) wrong(what);
        events.answered(connection, what === null);
      },
      failed(connection, why) {
        opening.delete(connection);
        living.delete(connection);
        wrong(why);
        events.lost(connection);
        if (opening.size === 0) settle();
        reopenSoon();
      },
    });
    opening.add(connection);
  }

  function reopenSoon(): void {
    if (closed) return;
    const timer = setTimeout(() => {
      reopening.delete(timer);
      open();
    }, reopenMs);
    reopening.add(timer);
  }

  for (let index = 0; index < count; index += 1) open();

  return {
    /** Every connection is open or has failed once, or 2 s are over. */
    opened,
    size: () => living.size,
    bad: () => bad,
    badExample: () => badExample,
    served: () => served,
    /** Counts something else that went wrong. */
    wrong,
    /** Counts as wrong the answers of which only a part came. */
    countUnfinished(): void {
      for (const connection of living) {
        const short = connection.unfinished();
        if (short !== null) wrong(short);
      }
    },
    close(): void {
      closed = true;
      clearTimeout(late);
      for (const timer of reopening) clearTimeout(timer);
      for (const connection of [...living, ...opening]) connection.close();
    },
  };
}
