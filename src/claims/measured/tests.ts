import type { Bound, Effect } from '../../results/schema/index.js';
import { confidence } from '../../schedule/plan.js';
import { leastForInterval, leastToRank } from '../../stats/enough-restarts.js';
import { tInterval } from '../../stats/interval.js';
import { aboveThreshold, type SideTest, withinMargin } from '../../stats/threshold.js';
import type { Test } from '../findings.js';
import { numberText } from '../words.js';
import type { Paired } from './paired.js';

/** Whether a difference is above a threshold; null where there is no restart with both. */
export function aboveTest(paired: Paired, threshold: number, what: string): Test | null {
  if (paired.values.length === 0) return null;
  const side = aboveThreshold(paired.values, threshold);
  // What is within the noise has no sign; but where the noise is less than what matters, both sides can be told.
  const isTold = (noise: number, size: number) => size > noise || noise < Math.abs(threshold);
  return testOf(paired, side, { margin: threshold, bound: 'above', what, isTold });
}

/** Whether a difference, or a ratio less 1, is within a margin. */
export function withinTest(paired: Paired, margin: number, what: string): Test | null {
  if (paired.values.length === 0) return null;
  const isRatio = paired.unit === 'ratio';
  const onScale = isRatio ? Math.log1p(margin) : margin;
  const side = withinMargin(paired.values, onScale);
  const isTold = (noise: number, size: number) => (side.holds ? noise < onScale : size > noise);
  return testOf(paired, side, { margin, bound: 'within', what, isTold });
}

interface Rule {
  readonly margin: number;
  readonly bound: Bound;
  readonly what: string;
  isTold(noise: number, size: number): boolean;
}

function testOf(
  paired: Paired,
  { holds, p, distance }: SideTest,
  { margin, bound, what, isTold }: Rule,
): Test {
  const { values, intervals, noise } = paired;
  const effect = effectOf(paired, what);
  const isEnough = intervals && effect.restarts >= leastToRank;
  return {
    effect,
    margin,
    bound,
    holds,
    p: isEnough ? p : null,
    noise: isEnough ? noiseText(paired, (floor, size) => isTold(floor, size)) : null,
    values,
    distance,
  };

  function noiseText({ unit }: Paired, told: Rule['isTold']): string | null {
    if (noise === null) return 'the run has no A/A pair that tells its noise';
    const size = Math.abs(tInterval(values, confidence).estimate);
    if (told(noise, size)) return null;
    const shown = unit === 'ratio' ? Math.expm1(noise) : noise;
    return `identical arms of this run differ by up to ${numberText(shown, unit)}`;
  }
}

/** A mean with its interval, where a run has restarts enough for one. */
export function effectOf(paired: Paired, what: string): Effect {
  const { values, unit, load, intervals, restarts = values.length } = paired;
  const { estimate, low, high } = tInterval(values, confidence);
  const back = (value: number) => (unit === 'ratio' ? Math.exp(value) : value);
  const end = (value: number | null) =>
    intervals && values.length >= leastForInterval && value !== null ? back(value) : null;
  return {
    what,
    estimate: back(estimate),
    low: end(low),
    high: end(high),
    unit,
    confidence,
    restarts,
    load,
  };
}
