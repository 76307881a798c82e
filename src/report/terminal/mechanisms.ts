import type { ArmResult, Run } from '../../results/schema/index.js';
import { noiseFacts } from '../content/facts.js';
import { noticeOf } from '../content/headline.js';
import { intervalOf } from '../content/interval.js';
import { withinNoise } from '../content/noise.js';
import { familiesOf, type Panel } from '../content/panels.js';
import { baselineText } from '../content/rows.js';
import { slopeTablesOf } from '../content/slopes.js';
import { versionTablesOf } from '../content/versions.js';
import { absent, ratio, us, usPlusMinus } from '../format/number.js';
import { oneLine, wrapped } from '../format/text.js';
import type { Paints } from './paints.js';
import { provenLines, seriesLines } from './series.js';
import { noiseMark, tableLines } from './table.js';
import { changeLines, versionLines } from './versions.js';

const heads = ['variant', '+CPU µs', '× rps', 'p50 µs', 'status'] as const;

function numbersOf(run: Run, arm: ArmResult): string[] {
  const { overhead, latency } = arm;
  if (arm.status !== 'valid') return [absent, absent, absent];
  const p50 = latency?.unloaded?.p50Us;
  const p50Text = p50 === undefined ? absent : us(p50.estimate);
  if (overhead === null) return [absent, absent, p50Text];
  const { totalCpuUs, throughputRatio } = overhead;
  const held = { ...arm, overhead };
  const mark = (metric: 'totalCpuUs' | 'throughputRatio') =>
    withinNoise(run, held, metric) ? noiseMark : '';
  return [
    mark('totalCpuUs') + usPlusMinus(totalCpuUs.estimate, intervalOf(run, totalCpuUs)),
    mark('throughputRatio') + ratio(throughputRatio.estimate),
    p50Text,
  ];
}

function panelLines(run: Run, panel: Panel, width: number, paint: Paints): string[] {
  const arms = panel.baseline === null ? panel.arms : [panel.baseline, ...panel.arms];
  const raw = arms.map((arm) => [oneLine(arm.variant), ...numbersOf(run, arm), arm.status]);
  const [head = '', ...lines] = tableLines([heads, ...raw], width);
  const baseline = baselineText(panel);
  const over = baseline === null ? '' : `, over ${baseline} without the filter`;
  const rows = arms.map((arm, index) => {
    const text = lines[index] ?? '';
    if (arm.class === 'baseline') return paint.dim(text);
    return arm.status === 'invalid' ? paint.red(text) : text;
  });
  const [title = '', ...more] = wrapped(`${panel.title}${over}`, width);
  return [paint.bold(title), ...more, paint.dim(head), ...rows, ''];
}

function noiseLines(run: Run, width: number): string[] {
  if (!run.plan.intervals) return wrapped(noticeOf(run), width);
  const floor = `noise floor (${noiseMark} is within)`;
  const { classes, rungs } = noiseFacts(run);
  const each = 'each rung of a series has its own, as the report says';
  return [
    ...classes.flatMap(({ name, text }) => wrapped(`${floor}, ${name.toLowerCase()}: ${text}`, width, '  ')),
    ...(rungs.length === 0 ? [] : wrapped(`${floor}: ${each}`, width, '  ')),
  ];
}

/** What each mechanism costs: a table a scenario, one for all of a series, and the noise floor. */
export function mechanismLines(run: Run, width: number, paint: Paints): string[] {
  return [
    ...familiesOf(run).flatMap((family) => {
      if (family.quantity === null) {
        const versions = versionTablesOf(run, family);
        if (versions.length > 0) return versions.flatMap((table) => versionLines(table, width, paint));
        return family.panels.flatMap((panel) => panelLines(run, panel, width, paint));
      }
      const tables = slopeTablesOf(run, family);
      if (tables.length === 0) return provenLines(family, width, paint);
      return [
        ...tables.flatMap((table) => seriesLines(run, table, width, paint)),
        ...changeLines(versionTablesOf(run, family), width),
      ];
    }),
    ...noiseLines(run, width),
  ];
}
