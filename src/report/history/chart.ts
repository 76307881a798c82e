import type { TopLevelSpec } from 'vega-lite';
import type { History, HistoryLine } from '../../results/schema/index.js';
import type { Plot } from '../charts/plot.js';
import { sheet } from '../charts/plot.js';
import { counted } from '../format/number.js';
import { envoyStrip } from './axis.js';
import type { LineGroup } from './groups.js';
import { linePlot } from './plots.js';
import { addedText, dayNamer, sureText } from './words.js';

/** A picture of the lines of a group. */
export interface HistoryChart {
  /** The file name without its ending. */
  readonly name: string;
  readonly group: LineGroup;
  readonly title: string;
  readonly spec: TopLevelSpec;
  readonly alt: string;
}

/** What each arm of a group costs over time: a small plot a variant, one under another. */
export function historyChart(history: History, group: LineGroup): HistoryChart {
  const title = `${group.title}: the cost over time`;
  const alt = altOf(history, group);
  const plots: Plot[] = [
    ...envoyStrip(group),
    ...group.lines.map((line, index) => linePlot(group, line, index === group.lines.length - 1)),
  ];
  return { name: group.id, group, title, alt, spec: sheet(title, subtitleOf(group), alt, plots) };
}

function subtitleOf({ lines }: LineGroup): string[] {
  const points = lines.flatMap((line) => line.points);
  const steps = lines.flatMap((line) => line.steps);
  const has = (isThere: boolean, text: string) => (isThere ? [text] : []);
  return [
    'µs of CPU per request that each variant adds; each has a scale of its own',
    ...has(
      points.some(({ totalCpuUs }) => totalCpuUs.low !== null),
      'Whisker: interval of the run',
    ),
    ...has(
      points.some(({ floor }) => floor !== null),
      "Grey band: what identical arms differed by in that run, about the line's median",
    ),
    ...has(
      steps.some(({ changed }) => changed.some(({ what }) => what === 'Envoy')),
      'Dashed: another Envoy, as the strip above says',
    ),
    ...has(
      steps.some(({ changed }) => changed.some(({ what }) => what !== 'Envoy')),
      'Triangle under the axis: another file of the filter',
    ),
    ...has(
      steps.some(({ totalCpuUs, throughputRatio }) => totalCpuUs.called || throughputRatio.called),
      'Ring: a step that is sure',
    ),
  ];
}

function altOf({ runs }: History, group: LineGroup): string {
  const dayOf = dayNamer(group.runs);
  const named = (id: string) => {
    const run = runs.find((each) => each.id === id);
    return run === undefined ? id : dayOf(run);
  };
  const text = ({ variant, points, steps }: HistoryLine) => {
    const [first, last] = [points.at(0), points.at(-1)];
    if (first === undefined || last === undefined) return '';
    const span =
      first === last ? `${addedText(last)} µs` : `from ${addedText(first)} to ${addedText(last)} µs`;
    const sure = steps
      .filter(({ totalCpuUs, throughputRatio }) => totalCpuUs.called || throughputRatio.called)
      .map((step) => `on ${named(step.to)} ${sureText(step)}`);
    return ` ${variant}: ${span}${sure.length === 0 ? '' : `; sure: ${sure.join('; ')}`}.`;
  };
  return (
    `Line charts of the CPU per request that each variant adds to the same Envoy without the filter, in µs, over ` +
    `${counted(group.runs.length, 'run')}.${group.lines.map(text).join('')}`
  );
}
