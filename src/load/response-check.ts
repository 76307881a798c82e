import type { WireRequest } from './slice.js';

// Far more than chance lets one of 16 connections miss.
const manyAnswers = 50;

/**
 * What is wrong where some connections hang; null where none does. Where others get many answers, a connection without
 * any hangs; where all are slow, nobody does.
 * @param gained answers that each connection got in the window
 */
export function hanging(gained: readonly number[]): string | null {
  const hang = gained.filter((count) => count === 0).length;
  return hang > 0 && Math.max(...gained) >= manyAnswers
    ? `${hang} connections got no answer in the window`
    : null;
}

/** What the window of a closed loop asks of whoever checks its answers. */
export interface SliceCheck {
  windowOpens(): void;
  windowCloses(): void;
  bad(): number;
  example(): string | null;
}

function countOf(counts: ReadonlyMap<unknown, number>, client: unknown): number {
  return counts.get(client) ?? 0;
}

/** Each client goes through the mix in order, so its nth answer must be the one that the nth request asks for. */
export function responseCheck(requests: readonly WireRequest[]) {
  const sentBy = new Map<unknown, number>();
  const answersOf = new Map<unknown, number>();
  let answersAtOpen: ReadonlyMap<unknown, number> = new Map();
  let bad = 0;
  let example: string | null = null;
  const wrong = (what: string) => {
    bad += 1;
    example ??= what;
    return false;
  };
  return {
    // A connection that the other side closes is opened anew without a word, and its later answers are timed wrongly.
    sent(client: unknown): void {
      const sent = countOf(sentBy, client) + 1;
      sentBy.set(client, sent);
      if (sent > countOf(answersOf, client) + 1) {
        answersOf.set(client, sent - 1);
        wrong('a connection was closed in place of an answer');
      }
    },
    response(client: unknown, status: number, bytes: number): boolean {
      const index = countOf(answersOf, client);
      answersOf.set(client, index + 1);
      const expected = requests[index % requests.length]?.expect;
      // This client does not tell a payload from the lines between its chunks.
      const isWhole = expected?.isChunked ? bytes > expected.wireBytes : expected?.wireBytes === bytes;
      if (expected?.status === status && isWhole) return true;
      return wrong(
        `status ${status}, ${bytes} bytes; expected ${expected?.status}, ${expected?.wireBytes} bytes`,
      );
    },
    socketError: (error: Error) => wrong(error.message),
    windowOpens(): void {
      answersAtOpen = new Map(answersOf);
    },
    windowCloses(): void {
      const what = hanging(
        [...sentBy.keys()].map((client) => countOf(answersOf, client) - countOf(answersAtOpen, client)),
      );
      if (what !== null) wrong(what);
    },
    bad: () => bad,
    example: () => example,
  };
}
