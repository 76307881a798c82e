import type { Run } from '../../results/schema/index.js';
import { type Chart, charts } from '../charts/index.js';
import { pngOf } from './png.js';
import { drawSvg } from './svg.js';

/** A chart of a run in its three forms. */
export interface DrawnChart {
  readonly chart: Chart;
  readonly alt: string;
  /** The Vega-Lite specification as JSON, the same to the byte for the same run. */
  readonly specJson: string;
  readonly svg: string;
  readonly png: Buffer;
}

/** All charts that apply to a run. */
export async function drawCharts(run: Run): Promise<DrawnChart[]> {
  const drawn: DrawnChart[] = [];
  for (const chart of charts.filter((each) => each.applies(run))) {
    const spec = chart.spec(run);
    const alt = chart.alt(run);
    const { svg } = await drawSvg(spec, alt);
    drawn.push({ chart, alt, specJson: `${JSON.stringify(spec, null, 2)}\n`, svg, png: pngOf(svg) });
  }
  return drawn;
}
