import { type KnownChangeOutcome, knownChangeUs } from '../../selftest/known-change.js';
import { absent, usPlusMinus } from '../format/number.js';

/** Whether `compare` told a known change from none, for a terminal. */
export function knownChangeLines({ sameIsRight, changedIsRight, found }: KnownChangeOutcome): string[] {
  const interval = found?.low == null || found.high === null ? null : { low: found.low, high: found.high };
  const cameBack = found === null ? absent : usPlusMinus(found.change, interval);
  return [
    `the same again: ${sameIsRight ? 'right, nothing is called' : 'WRONG'}`,
    `${knownChangeUs} µs more in one arm: ${changedIsRight ? 'right, that arm is called' : 'WRONG'}; ${cameBack} µs came back`,
  ];
}
