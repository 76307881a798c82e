import type { Interval } from '../content/interval.js';

/** What stands where nothing was measured. */
export const absent = '–';

const minus = '−';

function decimalsFor(value: number, significant: number): number {
  if (value === 0 || !Number.isFinite(value)) return 0;
  // Rounding first: 9.999 has the decimals of 10.0.
  const rounded = Math.abs(Number(value.toPrecision(significant)));
  return Math.max(0, significant - 1 - Math.floor(Math.log10(rounded)));
}

const formats = new Map<number, Intl.NumberFormat>();

// Made once each: that takes more time than hundreds of numbers do.
function formatOf(decimals: number): Intl.NumberFormat {
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  const format = formats.get(decimals) ?? new Intl.NumberFormat('en-US', digits);
  formats.set(decimals, format);
  return format;
}

function fixed(value: number, decimals: number): string {
  const text = formatOf(decimals).format(Math.abs(value));
  // A rounded zero has no sign.
  return value < 0 && /[1-9]/.test(text) ? minus + text : text;
}

/** A value to 3 significant digits with at most `maxDecimals` decimals: `3.12`, `31.2`, `312`, `28,700`. */
export function significant(value: number, maxDecimals = 2): string {
  return fixed(Number(value.toPrecision(3)), Math.min(maxDecimals, decimalsFor(value, 3)));
}

/** A value for a chart's data: 4 significant digits, so that the spec shows no digits that nobody measured. */
export function dataNumber(value: number): number {
  return Number(value.toPrecision(4));
}

// Decimals that show 3 digits of the value and 2 of its half width, but no more than a run can hold.
function sharedDecimals(value: number, interval: Interval | null): number {
  const half = interval === null ? 0 : (interval.high - interval.low) / 2;
  return Math.min(Math.abs(value) < 10 ? 2 : 1, Math.max(decimalsFor(value, 3), decimalsFor(half, 2)));
}

/** `4.23`, or `63.4`: a time in µs, without its unit. */
export function us(value: number, interval: Interval | null = null): string {
  return fixed(value, sharedDecimals(value, interval));
}

/** `[3.72, 4.74]`, with as many decimals as the value has beside it; nothing where there is no interval. */
export function usInterval(value: number, interval: Interval | null): string {
  if (interval === null) return '';
  const decimals = sharedDecimals(value, interval);
  return `[${fixed(interval.low, decimals)}, ${fixed(interval.high, decimals)}]`;
}

/** `4.23 [3.72, 4.74]`; the value alone where there is no interval. */
export function usWithInterval(value: number, interval: Interval | null): string {
  return `${us(value, interval)} ${usInterval(value, interval)}`.trimEnd();
}

/** `±0.51`, with as many decimals as the value has beside it; nothing where there is no interval. */
export function usHalfWidth(value: number, interval: Interval | null): string {
  if (interval === null) return '';
  return `±${fixed((interval.high - interval.low) / 2, sharedDecimals(value, interval))}`;
}

/** `4.23 ±0.51`; the value alone where there is no interval. */
export function usPlusMinus(value: number, interval: Interval | null): string {
  return `${us(value, interval)} ${usHalfWidth(value, interval)}`.trimEnd();
}

// A slope can be far below any cost of a request: memory is copied at a hundredth of a µs a KiB.
function slopeDecimals(value: number, interval: Interval | null): number {
  const half = interval === null ? 0 : (interval.high - interval.low) / 2;
  const most = Math.abs(value) < 1 ? 4 : sharedDecimals(value, interval);
  return Math.min(most, Math.max(decimalsFor(value, 3), decimalsFor(half, 2)));
}

/** `0.0312`, or `12.3`: a slope, without its unit. */
export function slopeText(value: number, interval: Interval | null): string {
  return fixed(value, slopeDecimals(value, interval));
}

/** `[0.0291, 0.0333]`, with as many decimals as the slope beside it; nothing where there is no interval. */
export function slopeInterval(value: number, interval: Interval | null): string {
  if (interval === null) return '';
  const decimals = slopeDecimals(value, interval);
  return `[${fixed(interval.low, decimals)}, ${fixed(interval.high, decimals)}]`;
}

/** `0.0312 ±0.0021`; the slope alone where there is no interval. */
export function slopePlusMinus(value: number, interval: Interval | null): string {
  const decimals = slopeDecimals(value, interval);
  if (interval === null) return fixed(value, decimals);
  return `${fixed(value, decimals)} ±${fixed((interval.high - interval.low) / 2, decimals)}`;
}

/** `[0.905, 0.919]`: a ratio always has 3 decimals; nothing where there is no interval. */
export function ratioInterval(interval: Interval | null): string {
  return interval === null ? '' : `[${fixed(interval.low, 3)}, ${fixed(interval.high, 3)}]`;
}

/** `0.912`. */
export function ratio(value: number): string {
  return fixed(value, 3);
}

/** `28,700`: requests per second to 3 significant digits. */
export function rps(value: number): string {
  return significant(value, 0);
}

/** A count in words of digits: `1 restart`, `12 restarts`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}
