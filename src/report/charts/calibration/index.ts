import type { Run } from '../../../results/schema/index.js';
import { noticeOf } from '../../content/headline.js';
import { altOf } from '../alt.js';
import type { Chart } from '../chart.js';
import { sheet } from '../plot.js';
import { injectionPlot } from './plot.js';
import { type CalibrationPlot, calibrationPlots } from './series.js';

const title = 'What was injected, and what came back';

function subtitleOf(run: Run, plots: readonly CalibrationPlot[]): string[] {
  const lines = [
    'At the right: injected → came back, in µs',
    'Line: what was injected; for loops, whose time nobody knows, least squares',
  ];
  if (!run.plan.intervals) return [...lines, noticeOf(run)];
  return [
    ...lines,
    'Whisker: interval, where it is wider than the dot',
    ...(plots.some(({ noiseUs }) => noiseUs !== null) ? ['Grey band: what identical arms differed by'] : []),
  ];
}

/** Known costs against what this run measured of them; null where it injected nothing. */
export function calibrationChart(run: Run): Chart | null {
  const plots = calibrationPlots(run);
  if (plots.length === 0) return null;
  const alt = altOf(
    run,
    'Dot chart of the cost that came back over the cost that was injected, in µs.',
    plots.map(({ title: name, subtitle, dots }) => ({
      name: `${name}, ${subtitle}`,
      rows: dots.map(({ label }) => ({ variant: 'injected', label })),
    })),
  );
  const spec = sheet(title, subtitleOf(run, plots), alt, plots.map(injectionPlot), plots.length > 1 ? 2 : 1);
  return { name: 'calibration', family: null, title, spec, alt };
}
