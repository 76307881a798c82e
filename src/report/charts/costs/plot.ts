import { dataNumber } from '../../format/number.js';
import { ink } from '../../palette.js';
import { endsOf } from '../groups.js';
import { baselineRule, mechanismColour, whiskers } from '../layers.js';
import { type Layer, nameAxis, type Plot, tickAxis } from '../plot.js';
import { evenTips, tipChannel } from '../tips.js';
import type { CostPanel, CostRow } from './panels.js';

const width = 200;
const rowHeight = 18;
/** Below it the scale is about even: half a µs more is not worth another decade. */
const evenUpToUs = 1;
// Room for a dot beyond the dearest arm and the cheapest.
const air = 1.25;

/** A scale for all panels, on which 2 µs and 1,000 µs can both be read. */
export interface CostsScale {
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
}

/** The scale that all panels share, so that a dot's place means the same in each. */
export function costsScale(panels: readonly CostPanel[]): CostsScale {
  const reach = panels.flatMap(({ rows }) => endsOf(rows));
  const low = Math.min(0, ...reach) * air;
  const domain = [dataNumber(low), dataNumber(Math.max(10, ...reach) * air)] as const;
  const decades = [1, 10, 100, 1_000, 10_000, 100_000];
  // The smallest one below zero would stand on the zero's number.
  const below = decades.filter((decade) => decade > 1).map((decade) => -decade);
  const ticks = [...below.toReversed(), 0, ...decades].filter((at) => at >= domain[0] && at <= domain[1]);
  return { domain, ticks };
}

/** The dots of one scenario, and beside them what they say. */
export function costsPlot(panel: CostPanel, scale: CostsScale, names: number): Plot {
  const { title, subtitle, rows, missing } = panel;
  return {
    title: { text: title, ...(subtitle !== '' && { subtitle }) },
    width,
    height: panel.names.length * rowHeight,
    layer: [
      baselineRule(0),
      ...whiskers(rows),
      ...dotLayers(rows),
      ...words(rows, ink.text),
      ...words(missing, ink.muted),
    ],
    encoding: {
      y: {
        field: 'variant',
        type: 'nominal',
        title: null,
        scale: { type: 'band', domain: [...panel.names] },
        axis: { ...nameAxis(names), labelFontSize: 11.5 },
      },
      x: {
        type: 'quantitative',
        title: null,
        scale: { type: 'symlog', constant: evenUpToUs, domain: [...scale.domain], nice: false },
        axis: tickAxis(scale.ticks),
      },
    },
  };
}

function dotLayers(rows: readonly CostRow[]): Layer[] {
  const told = evenTips(rows.map(({ low: _, high: __, label: ___, ...row }) => row));
  const layer = (isWithinNoise: boolean, look: { filled: boolean; fill?: string }): Layer[] => {
    const values = told
      .filter((row) => row.isWithinNoise === isWithinNoise)
      .map(({ isWithinNoise: _, ...row }) => row);
    if (values.length === 0) return [];
    return [
      {
        data: { values },
        mark: { type: 'point', size: 70, opacity: 1, strokeWidth: 2, ...look },
        encoding: {
          x: { field: 'value', type: 'quantitative' },
          color: mechanismColour,
          ...tipChannel(values),
        },
      },
    ];
  };
  return [...layer(false, { filled: true }), ...layer(true, { filled: false, fill: ink.paper })];
}

/** The numbers at the right; that one lies within the noise is told by its dot. */
function words(rows: readonly { variant: string; label: string }[], color: string): Layer[] {
  if (rows.length === 0) return [];
  const values = rows.map(({ variant, label }) => ({ variant, label: label.replace(' (within noise)', '') }));
  return [
    {
      data: { values },
      mark: { type: 'text', align: 'left', baseline: 'middle', fontSize: 11.5, color },
      encoding: { x: { value: width + 10 }, text: { field: 'label', type: 'nominal' } },
    },
  ];
}
