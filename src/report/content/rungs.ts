import type { Rung } from '../../results/schema/index.js';
import { counted } from '../format/number.js';

/** What one step of a series is, in words: its unit, and what the line's intercept stands for. */
export const stepWords: Readonly<Record<Rung['quantity'], { unit: string; each: string; none: string }>> = {
  bodyKiB: { unit: 'µs per KiB', each: 'each KiB of body', none: 'at 0 KiB' },
  filters: { unit: 'µs per filter', each: 'each filter', none: 'at 0 filters' },
};

/** `16 KiB`, `1 MiB`, `4 filters`. */
export function rungText({ quantity, value }: Rung): string {
  if (quantity === 'filters') return counted(value, 'filter');
  return value >= 1_024 && value % 1_024 === 0 ? `${value / 1_024} MiB` : `${value} KiB`;
}
