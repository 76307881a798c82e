import { isDeepStrictEqual } from 'node:util';
import type { Outcome } from './exchange.js';

/** How request bodies that are expected as JSON are compared. */
export type BodyCheck = 'bytes' | 'json';

/** What of an outcome is not as expected, a line each; empty where all is. */
export function differencesOf(expected: Outcome, got: Outcome, check: BodyCheck): string[] {
  if (got.status !== expected.status)
    return [`status ${got.status} (${excerpt(got.clientBody, 0)}), expected ${expected.status}`];
  return [
    ...bytes('body of the answer', expected.clientBody, got.clientBody),
    ...atUpstream(expected, got, check),
  ];
}

function atUpstream({ upstream: expected }: Outcome, { upstream: got }: Outcome, check: BodyCheck): string[] {
  if (expected === null || got === null) {
    if (expected === got) return [];
    return [got === null ? 'it never reached the upstream' : 'it reached the upstream, but should not'];
  }
  const isSame = check === 'json' && isSameJson(expected.body, got.body);
  return [
    ...(['model', 'route'] as const).flatMap((name) =>
      got[name] === expected[name]
        ? []
        : [`${name} is ${JSON.stringify(got[name])}, expected ${JSON.stringify(expected[name])}`],
    ),
    ...(isSame ? [] : bytes('body at the upstream', expected.body, got.body)),
  ];
}

function isSameJson(a: Buffer, b: Buffer): boolean {
  try {
    return isDeepStrictEqual(JSON.parse(a.toString()), JSON.parse(b.toString()));
  } catch {
    return false;
  }
}

function bytes(which: string, expected: Buffer, got: Buffer): string[] {
  if (expected.equals(got)) return [];
  let at = 0;
  while (at < expected.length && expected[at] === got[at]) at += 1;
  return [
    `${which} has ${got.length} bytes, expected ${expected.length}; from byte ${at} on they differ:
      got      ${excerpt(got, at)}
      expected ${excerpt(expected, at)}`,
  ];
}

const shownBefore = 8;
const shownBytes = 32;

/** Bytes around a place, in hex and as text. */
function excerpt(body: Buffer, at: number): string {
  const from = Math.max(0, at - shownBefore);
  const part = body.subarray(from, from + shownBytes);
  return `${part.toString('hex').replace(/..(?=.)/g, '$& ')}  ${JSON.stringify(part.toString('latin1'))}`;
}
