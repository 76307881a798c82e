import type { ArmResult, Run } from '../../results/schema/index.js';
import { noiseFacts } from '../content/facts.js';
import { noticeOf } from '../content/headline.js';
import { intervalOf } from '../content/interval.js';
import { withinNoise } from '../content/noise.js';
import { type Panel, panelsOf } from '../content/panels.js';
import { baselineText } from '../content/rows.js';
import { absent, ratio, us, usPlusMinus } from '../format/number.js';
import { oneLine, wrapped } from '../format/text.js';
import type { Paints } from './paints.js';

const heads = ['variant', '+CPU µs', '× rps', 'p50 µs', 'status'] as const;
const gap = '  ';

// A value within the noise has a tilde, which the line under the table explains.
const noiseMark = '~';

function numbersOf(run: Run, arm: ArmResult): string[] {
  const { overhead, latency } = arm;
  if (arm.status !== 'valid') return [absent, absent, absent];
  const p50 = latency?.unloaded?.p50Us;
  const p50Text = p50 === undefined ? absent : us(p50.estimate);
  if (overhead === null) return [absent, absent, p50Text];
  const { totalCpuUs, throughputRatio } = overhead;
  const held = { class: arm.class, overhead };
  const mark = (metric: 'totalCpuUs' | 'throughputRatio') =>
    withinNoise(run, held, metric) ? noiseMark : '';
  return [
    mark('totalCpuUs') + usPlusMinus(totalCpuUs.estimate, intervalOf(run, totalCpuUs)),
    mark('throughputRatio') + ratio(throughputRatio.estimate),
    p50Text,
  ];
}

function aligned(cells: readonly string[], widths: readonly number[]): string {
  return cells
    .map((cell, index) => {
      const isNumber = index > 0 && index < cells.length - 1;
      return isNumber ? cell.padStart(widths[index] ?? 0) : cell.padEnd(widths[index] ?? 0);
    })
    .join(gap)
    .trimEnd();
}

function shortened(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(1, width - 1))}…`;
}

function panelLines(run: Run, panel: Panel, width: number, paint: Paints): string[] {
  const arms = panel.baseline === null ? panel.arms : [panel.baseline, ...panel.arms];
  const raw = arms.map((arm) => [oneLine(arm.variant), ...numbersOf(run, arm), arm.status]);
  const widths = heads.map((head, index) =>
    Math.max(head.length, ...raw.map((cells) => cells[index]?.length ?? 0)),
  );
  const others = widths.slice(1).reduce((sum, each) => sum + each + gap.length, 0);
  const nameWidth = Math.max(8, Math.min(widths[0] ?? 0, width - others));
  const fitted = [nameWidth, ...widths.slice(1)];
  const line = ([name = '', ...rest]: readonly string[]) =>
    aligned([shortened(name, nameWidth), ...rest], fitted);
  const baseline = baselineText(panel);
  const over = baseline === null ? '' : `, over ${baseline} without the filter`;
  const rows = arms.map((arm, index) => {
    const text = line(raw[index] ?? []);
    if (arm.class === 'baseline') return paint.dim(text);
    return arm.status === 'invalid' ? paint.red(text) : text;
  });
  const [title = '', ...more] = wrapped(`${panel.title}${over}`, width);
  return [paint.bold(title), ...more, paint.dim(line(heads)), ...rows, ''];
}

function noiseLines(run: Run, width: number): string[] {
  if (!run.plan.intervals) return wrapped(noticeOf(run), width);
  return noiseFacts(run).flatMap(({ name, text }) =>
    wrapped(`noise floor (${noiseMark} is within), ${name.toLowerCase()}: ${text}`, width, '  '),
  );
}

/** What each mechanism costs: a table a scenario, and the noise floor. */
export function mechanismLines(run: Run, width: number, paint: Paints): string[] {
  return [
    ...panelsOf(run).flatMap((panel) => panelLines(run, panel, width, paint)),
    ...noiseLines(run, width),
  ];
}
