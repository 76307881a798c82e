import type { Run } from '../../results/schema/index.js';
import { intervalOf } from '../content/interval.js';
import { stepWords } from '../content/rungs.js';
import type { SlopeRow, SlopeTable } from '../content/slopes.js';
import { slopePlusMinus, usPlusMinus } from '../format/number.js';
import { oneLine, wrapped } from '../format/text.js';
import type { Paints } from './paints.js';
import { noiseMark, tableLines } from './table.js';

function cellsOf(run: Run, { slope, r2Text, withinNoise }: SlopeRow): string[] {
  const { slopeUs, interceptUs, rungs } = slope;
  return [
    oneLine(slope.variant),
    (withinNoise ? noiseMark : '') + slopePlusMinus(slopeUs.estimate, intervalOf(run, slopeUs)),
    usPlusMinus(interceptUs.estimate, intervalOf(run, interceptUs)),
    r2Text,
    String(rungs.length),
  ];
}

/** What each KiB of body, or each filter, adds, for a terminal. */
export function slopeLines(
  run: Run,
  { title, quantity, rows, missing }: SlopeTable,
  width: number,
  paint: Paints,
): string[] {
  const { unit, each, none } = stepWords[quantity];
  const heads = ['variant', unit, `${none}, µs`, 'r²', 'rungs'];
  const [head = '', ...lines] = tableLines([heads, ...rows.map((row) => cellsOf(run, row))], width);
  const without = missing.flatMap(({ variants, why }) =>
    wrapped(`no slope of ${variants.join(', ')}: ${why}`, width, '  '),
  );
  const [first = '', ...more] = wrapped(`${title}: what ${each} adds`, width);
  const table = rows.length === 0 ? [] : [paint.dim(head), ...lines];
  return [paint.bold(first), ...more, ...table, ...without, ''];
}
