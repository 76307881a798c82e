import type { Estimate, Load, Run } from '../../results/schema/index.js';
import { intervalOf } from '../content/interval.js';
import { absent, counted } from '../format/number.js';

/** What a tooltip says of an estimate, as fields of a chart's data. */
export interface Tip {
  readonly estimate: string;
  readonly interval?: string;
  /** What of it Envoy spends, and what the server. */
  readonly shares?: string;
  readonly restarts?: string;
  readonly load?: string;
  readonly perRestart?: string;
}

/** How the numbers of a tooltip are written. */
export interface TipWords {
  /** What stands behind the estimate, with its unit: `µs of CPU per request over the baseline`. */
  readonly what: string;
  /** Stands behind the interval; empty for a ratio. */
  readonly unit: string;
  /** A value with as many digits as an interval of such width has. */
  number(value: number, interval: { readonly low: number; readonly high: number } | null): string;
  interval(value: number, interval: { readonly low: number; readonly high: number } | null): string;
}

const titles: readonly (readonly [field: string, title: string])[] = [
  ['variant', 'Variant'],
  ['place', 'At'],
  ['estimate', 'Estimate'],
  ['interval', 'Interval'],
  ['shares', 'Shares'],
  ['restarts', 'Restarts'],
  ['perRestart', 'Each restart'],
  ['load', 'Load'],
];

function loadText(load: Load): string {
  const workers = counted(load.workers, 'worker');
  return load.loop === 'closed'
    ? `closed loop, ${counted(load.connections, 'connection')}, ${workers}`
    : `open loop, ${load.rps.toLocaleString('en-US')} requests per second, ${workers}`;
}

/** The fields of an estimate's tooltip; smoke has no interval to tell. */
export function tipOf(run: Run, estimate: Estimate, words: TipWords): Tip {
  const interval = intervalOf(run, estimate);
  const { estimate: value, confidence, restarts, slices, load, perRestart } = estimate;
  const unit = words.unit === '' ? '' : ` ${words.unit}`;
  const ends = `${words.interval(value, interval)}${unit}, ${Math.round(confidence * 100)} %`;
  return {
    estimate: `${words.number(value, interval)} ${words.what}`,
    ...(interval && { interval: ends }),
    restarts: `${restarts} (${counted(slices, 'slice')})`,
    load: loadText(load),
    perRestart: `${perRestart.map((each) => words.number(each, interval)).join(', ')}${unit}`,
  };
}

/** The tooltip of a layer, of the fields that its rows have; nothing where they have none. */
export function tipChannel(rows: readonly object[]) {
  const told = titles.filter(([field]) => rows.some((row) => field in row));
  if (!told.some(([field]) => field === 'estimate')) return {};
  const tooltip = told.map(([field, title]) => ({ field, type: 'nominal', title }) as const);
  return { tooltip };
}

/** Rows that all have the fields that one of them has: a missing one would be told as `undefined`. */
export function evenTips<Row extends { readonly tip?: Tip }>(rows: readonly Row[]): Omit<Row, 'tip'>[] {
  const fields = titles
    .map(([field]) => field)
    .filter((field) => rows.some(({ tip }) => tip && field in tip));
  return rows.map(({ tip, ...row }) => ({
    ...row,
    ...Object.fromEntries(
      fields.map((field) => [field, (tip as Record<string, string> | undefined)?.[field] ?? absent]),
    ),
  }));
}
