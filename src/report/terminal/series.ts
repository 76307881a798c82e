import type { Run } from '../../results/schema/index.js';
import { intervalOf } from '../content/interval.js';
import { withinNoise } from '../content/noise.js';
import type { Family, Panel } from '../content/panels.js';
import { baselineUs } from '../content/rows.js';
import { rungText, stepWords } from '../content/rungs.js';
import { statusesOf } from '../content/series.js';
import { type SlopeRow, type SlopeTable, variantsOf } from '../content/slopes.js';
import { absent, slopePlusMinus, us } from '../format/number.js';
import { oneLine, wrapped } from '../format/text.js';
import type { Paints } from './paints.js';
import { noiseMark, overheadLines, tableLines } from './table.js';

/** The smallest and the largest rung. */
function endsOf(panels: readonly Panel[]): Panel[] {
  const [first, last] = [panels.at(0), panels.at(-1)];
  return first === undefined || last === undefined || first === last ? [...panels] : [first, last];
}

function overheadText(run: Run, { measured }: Panel, variant: string): string {
  const arm = measured.find((each) => each.variant === variant);
  if (arm === undefined) return absent;
  return (withinNoise(run, arm, 'totalCpuUs') ? noiseMark : '') + us(arm.overhead.totalCpuUs.estimate);
}

function lineCells(run: Run, row: SlopeRow | undefined): string[] {
  if (row === undefined) return [absent, ''];
  const { slope, missed } = row;
  const mark = row.withinNoise ? noiseMark : '';
  return [
    mark + slopePlusMinus(slope.slopeUs.estimate, intervalOf(run, slope.slopeUs)),
    missed.length === 0 ? '' : 'bent',
  ];
}

/** A series of which there are proofs only. */
export function provenLines(family: Family, width: number, paint: Paints): string[] {
  const raw = statusesOf(family).map(({ variant, status }) => [oneLine(variant), status]);
  const [head = '', ...lines] = tableLines([['variant', 'status'], ...raw], width);
  const [title = '', ...more] = wrapped(`${family.name}: all rungs`, width);
  return [paint.bold(title), ...more, paint.dim(head), ...lines, ''];
}

/** A series in one line a variant: both its ends, and what each KiB of body, or each filter, adds between them. */
export function seriesLines(run: Run, table: SlopeTable, width: number, paint: Paints): string[] {
  const { title, quantity, panels, rows, missing } = table;
  const { unit } = stepWords[quantity];
  const ends = endsOf(panels);
  const heads = [
    'variant',
    ...ends.map(({ scenario: { name, rung } }) => (rung === null ? name : `+ ${rungText(rung)}`)),
    unit,
    '',
  ];
  const baselines = ends.map((panel) => {
    const spent = baselineUs(panel);
    return spent === null ? absent : us(spent);
  });
  const own = variantsOf(panels).map(({ variant }) => [
    oneLine(variant),
    ...ends.map((panel) => overheadText(run, panel, variant)),
    ...lineCells(
      run,
      rows.find(({ slope }) => slope.variant === variant),
    ),
  ]);
  const raw = [heads, ['without the filter', ...baselines, absent, ''], ...own];
  const without = missing.flatMap(({ variants, why }) =>
    wrapped(`no slope of ${variants.join(', ')}: ${why}`, width, '  '),
  );
  const bent = rows.some(({ missed }) => missed.length > 0)
    ? wrapped('bent: no straight line; the report says which rungs it misses', width, '  ')
    : [];
  return [...overheadLines(`${title}: µs of CPU added`, raw, width, paint), ...bent, ...without, ''];
}
