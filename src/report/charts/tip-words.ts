import type { Rung } from '../../results/schema/index.js';
import { stepWords } from '../content/rungs.js';
import { ratio, ratioInterval, slopeInterval, slopeText, us, usInterval } from '../format/number.js';
import type { TipWords } from './tips.js';

/** Of a cost in µs. */
export const cpuWords: TipWords = {
  what: 'µs of CPU per request over the baseline',
  unit: 'µs',
  number: us,
  interval: usInterval,
};

/** Of a response time in µs. */
export const p50Words: TipWords = { ...cpuWords, what: 'µs of median response time over the baseline' };

/** Of a share of the baseline's throughput. */
export const ratioWords: TipWords = {
  what: '× the throughput without the filter',
  unit: '',
  number: ratio,
  interval: (_, interval) => ratioInterval(interval),
};

/** Of a slope over the rungs of a series. */
export function slopeWords(quantity: Rung['quantity']): TipWords {
  const { unit } = stepWords[quantity];
  return { what: `${unit} over the baseline`, unit, number: slopeText, interval: slopeInterval };
}
