import { setTimeout as sleep } from 'node:timers/promises';
import { FailedError } from '../../errors.js';
import type { Generator } from '../generator/process.js';
import { mergeHistograms, unitsPerUs } from '../histogram.js';
import { isSilent, repeatAfterMs } from '../silent.js';
import type { Slice, SliceOutcome } from '../slice.js';
import type { ClientResult } from './compare.js';

/**
 * Drives one slice of a calibration, in which nothing may go wrong; a silent one is repeated.
 * @throws FailedError where any answer was wrong, or none came.
 */
export async function runCleanSlice(generator: Generator, slice: Slice): Promise<SliceOutcome> {
  let outcome = await generator.run(slice);
  for (const waitMs of repeatAfterMs) {
    if (!isSilent(outcome)) break;
    await sleep(waitMs);
    outcome = await generator.run(slice);
  }
  if (outcome.bad === 0 && outcome.requests > 0) return outcome;
  throw new FailedError(
    `the direct response was wrong ${outcome.bad} times: ${outcome.badExample ?? 'nothing was answered'}`,
    'see whether Envoy is still alive',
  );
}

/** Throughput and median latency of a slice. */
export function clientResult({ requests, windowNs, histogram }: SliceOutcome): ClientResult {
  return {
    rps: requests / (windowNs / 1e9),
    p50Us: mergeHistograms([histogram]).getValueAtPercentile(50) / unitsPerUs,
  };
}
