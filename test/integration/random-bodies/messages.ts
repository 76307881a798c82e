import { once } from 'node:events';
import type { OutgoingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** A body as it goes over the wire. */
export interface Message {
  readonly body: Buffer;
  /** Where it is cut, in ascending order: what lies between goes by itself. */
  readonly cuts: readonly number[];
  /** How its end is told. */
  readonly framing: 'content-length' | 'chunked';
}

// Enough that pieces are mostly read one by one; what comes out may not hang on it.
const pauseMs = 1;

/** The header that tells the end of a message. */
export function framingOf({ body, framing }: Message): Record<string, string> {
  return framing === 'chunked'
    ? { 'transfer-encoding': 'chunked' }
    : { 'content-length': String(body.length) };
}

/** Sends headers and body, with a pause after each piece; ends early where the other side is gone. */
export async function sendPieces(out: OutgoingMessage, { body, cuts }: Message): Promise<void> {
  out.flushHeaders();
  let from = 0;
  for (const cut of cuts) {
    await sleep(pauseMs);
    if (out.destroyed) return;
    if (!out.write(body.subarray(from, cut))) await Promise.race([once(out, 'drain'), once(out, 'close')]);
    from = cut;
  }
  await sleep(pauseMs);
  if (!out.destroyed) out.end(body.subarray(from));
}
