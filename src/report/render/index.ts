import type { Run } from '../../results/schema/index.js';
import { type Beside, nothingBeside } from '../beside.js';
import { type Chart, chartsOf } from '../charts/index.js';
import { pngOf } from './png.js';
import { drawSvg } from './svg.js';

/** A chart of a run in its three forms. */
export interface DrawnChart {
  readonly chart: Chart;
  /** The Vega-Lite specification as JSON, the same to the byte for the same run. */
  readonly specJson: string;
  readonly svg: string;
  readonly png: Buffer;
}

/** All charts of a run, and of what its folder holds besides numbers. */
export async function drawCharts(run: Run, beside: Beside = nothingBeside): Promise<DrawnChart[]> {
  const drawn: DrawnChart[] = [];
  for (const chart of chartsOf(run, beside)) {
    const { svg } = await drawSvg(chart.spec, chart.alt);
    drawn.push({ chart, specJson: `${JSON.stringify(chart.spec, null, 2)}\n`, svg, png: pngOf(svg) });
  }
  return drawn;
}
