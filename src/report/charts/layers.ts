import { dataNumber } from '../format/number.js';
import { bufferMechanism, colourOf, ink, mechanismOrder, otherColour } from '../palette.js';
import { type Layer, plotWidth, rowGap } from './plot.js';
import { evenTips, type Tip, tipChannel } from './tips.js';

/** One estimate in a row: where it is, and how it is written beside the row. */
export interface RowValue {
  readonly variant: string;
  readonly mechanism: string;
  readonly value: number;
  readonly low?: number;
  readonly high?: number;
  readonly label: string;
  readonly tip?: Tip;
}

const coloured = [...mechanismOrder, bufferMechanism];

/** The colour of a row's mechanism, the same in every chart. */
export const mechanismColour = {
  // Vega would paint nothing for what is not in the domain.
  condition: { test: { not: { field: 'mechanism', oneOf: coloured } }, value: otherColour },
  field: 'mechanism',
  type: 'nominal',
  scale: { domain: coloured, range: coloured.map(colourOf) },
  legend: null,
} as const;

/** The noise floor as a shaded band behind a row; rows of different classes have different bands. */
export function noiseBand(rows: readonly { variant: string; from: number; to: number }[]): Layer {
  return {
    data: {
      values: rows.map(({ variant, from, to }) => ({ variant, from: dataNumber(from), to: dataNumber(to) })),
    },
    mark: { type: 'bar', color: ink.noiseBand, height: { band: 1 / (1 - rowGap) } },
    encoding: { x: { field: 'from', type: 'quantitative' }, x2: { field: 'to' } },
  };
}

/** The line of the baseline: no difference. */
export function baselineRule(at: number): Layer {
  return {
    data: { values: [{ at }] },
    mark: { type: 'rule', color: ink.rule, strokeWidth: 1.2 },
    // Over the whole height: its own y keeps it out of the rows.
    encoding: { x: { field: 'at', type: 'quantitative' }, y: { value: 0 }, y2: { value: 'height' } },
  };
}

/** A bar of its mechanism's colour. */
export interface Bar {
  readonly variant: string;
  readonly mechanism: string;
  readonly from: number;
  readonly to: number;
  readonly tip?: Tip;
}

/** Bars from one value to another; nothing where there are none. */
export function bars(values: readonly Bar[], opacity = 1): Layer[] {
  if (values.length === 0) return [];
  const rows = evenTips(values);
  const encoding = {
    x: { field: 'from', type: 'quantitative' },
    x2: { field: 'to' },
    color: mechanismColour,
    ...tipChannel(rows),
  } as const;
  return [{ data: { values: rows }, mark: { type: 'bar', opacity }, encoding }];
}

/** Intervals as lines with end ticks that a dot can hide, for the rows that have one. */
export function whiskers(rows: readonly RowValue[]): Layer[] {
  const values = rows.flatMap(({ variant, low, high }) =>
    low === undefined || high === undefined ? [] : [{ variant, low, high }],
  );
  if (values.length === 0) return [];
  const end = (field: 'low' | 'high'): Layer => ({
    data: { values },
    mark: { type: 'tick', color: ink.text, thickness: 1.4, size: 6 },
    encoding: { x: { field, type: 'quantitative' } },
  });
  return [
    {
      data: { values },
      mark: { type: 'rule', color: ink.text, strokeWidth: 1.4 },
      encoding: { x: { field: 'low', type: 'quantitative' }, x2: { field: 'high' } },
    },
    end('low'),
    end('high'),
  ];
}

/** Estimates as dots in their mechanism's colour. */
export function dots(rows: readonly RowValue[]): Layer {
  const values = evenTips(rows.map(({ low: _, high: __, label: ___, ...row }) => row));
  return {
    data: { values },
    mark: { type: 'point', filled: true, size: 80, opacity: 1 },
    encoding: { x: { field: 'value', type: 'quantitative' }, color: mechanismColour, ...tipChannel(values) },
  };
}

/** The numbers themselves in a column at the right. */
export function valueColumn(rows: readonly Pick<RowValue, 'variant' | 'label'>[]): Layer {
  return {
    data: { values: rows.map(({ variant, label }) => ({ variant, label })) },
    mark: { type: 'text', align: 'left', baseline: 'middle', fontSize: 12, color: ink.text },
    encoding: { x: { value: plotWidth + 10 }, text: { field: 'label', type: 'nominal' } },
  };
}
