import { ratio, slopeText, us } from '../report/format/number.js';
import type { Bound, Effect } from '../results/schema/index.js';

/** `1.93 µs`, `0.0312 µs/KiB`, `0.97`: a number in the unit of an effect. */
export function numberText(value: number, unit: Effect['unit']): string {
  switch (unit) {
    case 'µs':
      return `${us(value)} µs`;
    case 'µs/KiB':
      return `${slopeText(value, null)} µs/KiB`;
    case 'ratio':
    case 'rank correlation':
      return ratio(value);
  }
}

/** A margin as it was written down: `0.5 µs`, `−2 µs`. */
export function marginText(value: number, unit: Effect['unit']): string {
  const text = String(value).replace('-', '−');
  return unit === 'µs' || unit === 'µs/KiB' ? `${text} ${unit}` : text;
}

/** What was foretold of an effect: `more than 0.5 µs`, `within 5 % of 1`. */
export function ruleText(bound: Bound, margin: number, unit: Effect['unit']): string {
  if (bound === 'within') {
    return unit === 'ratio' ? `within ${margin * 100} % of 1` : `within ±${marginText(margin, unit)}`;
  }
  if (margin === 0) return 'above 0';
  return `${margin < 0 ? 'not below' : 'more than'} ${marginText(margin, unit)}`;
}

/** `1.93 µs [1.24, 2.61]`; the number alone where there is no interval. */
export function effectText({ estimate, low, high, unit }: Effect): string {
  const text = numberText(estimate, unit);
  if (low === null || high === null) return text;
  const end = (value: number) => numberText(value, unit).split(' ')[0];
  return `${text} [${end(low)}, ${end(high)}]`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}
