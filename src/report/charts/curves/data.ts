import type { Run, Slope } from '../../../results/schema/index.js';
import { intervalOf } from '../../content/interval.js';
import { noiseOf } from '../../content/noise.js';
import type { Family, MeasuredArm, Panel } from '../../content/panels.js';
import { baselineUs } from '../../content/rows.js';
import { rungText, stepWords } from '../../content/rungs.js';
import { type SlopeRow, slopeTablesOf } from '../../content/slopes.js';
import { dataNumber, slopePlusMinus, us, usPlusMinus } from '../../format/number.js';
import { classes, classText } from '../groups.js';
import { cpuWords, slopeWords } from '../tip-words.js';
import { tipOf } from '../tips.js';
import { rungAxis } from './scale.js';
import { styleOf } from './styles.js';
import type { Curve, CurvePoint, Curves } from './types.js';

/** All plots of a family that have a curve. */
export function curvesOf(run: Run, family: Family): Curves[] {
  return slopeTablesOf(run, family).flatMap(({ title, quantity, panels, rows }) =>
    classes.flatMap((each): Curves[] => {
      const own = rows.filter(({ slope }) => slope.class === each);
      if (own.length === 0) return [];
      return [
        {
          title: `${title} · ${classText(each)}`,
          class: each,
          curves: own.map((row) => curveOf(run, row)),
          x: rungAxis(
            own.flatMap(({ slope }) => slope.rungs),
            quantity,
          ),
          isLogarithmic: quantity === 'bodyKiB',
          baseline: baselineOf(panels),
          noise: panels.flatMap(({ scenario: { name, rung } }) => {
            const floor = noiseOf(run, { class: each, scenario: name }, 'totalCpuUs');
            return rung === null || floor === null ? [] : [{ rung: rung.value, us: floor }];
          }),
        },
      ];
    }),
  );
}

function curveOf(run: Run, { slope, points, missed, withinNoise }: SlopeRow): Curve {
  const { variant, mechanism, quantity, slopeUs } = slope;
  const text = slopePlusMinus(slopeUs.estimate, intervalOf(run, slopeUs));
  const remarks = [withinNoise ? 'within noise' : '', missed.length > 0 ? 'not straight' : ''];
  return {
    variant,
    mechanism,
    style: styleOf(run, slope),
    points: points.map(({ rung, arm }) => pointOf(run, arm, rung.value, ['at', rungText(rung)])),
    line: lineOf(slope),
    tip: tipOf(run, slopeUs, slopeWords(quantity)),
    label: [`${text} ${stepWords[quantity].unit}`, ...remarks.filter((remark) => remark !== '')].join(', '),
  };
}

/** An arm's overhead at its place, which is given in words, too: `at`, `16 KiB`. */
export function pointOf(
  run: Run,
  { overhead }: MeasuredArm,
  rung: number,
  [at, place]: readonly [at: string, place: string],
): CurvePoint {
  const { totalCpuUs } = overhead;
  const interval = intervalOf(run, totalCpuUs);
  return {
    rung,
    us: dataNumber(totalCpuUs.estimate),
    ...(interval && { low: dataNumber(interval.low), high: dataNumber(interval.high) }),
    label: `${usPlusMinus(totalCpuUs.estimate, interval)} ${at} ${place}`,
    place,
    tip: tipOf(run, totalCpuUs, cpuWords),
  };
}

function baselineOf(panels: readonly Panel[]): string {
  return panels
    .flatMap((panel) => {
      const [spent, { rung }] = [baselineUs(panel), panel.scenario];
      return spent === null || rung === null ? [] : [`${us(spent)} at ${rungText(rung)}`];
    })
    .join(', ');
}

/** Enough of a fitted line to draw it: a straight one is curved on axes of logarithms. */
function lineOf({ quantity, rungs, slopeUs, interceptUs }: Slope): Curve['line'] {
  const [least, most] = [Math.min(...rungs), Math.max(...rungs)];
  const steps = quantity === 'bodyKiB' ? Math.max(1, Math.ceil(Math.log2(most / least) * 4)) : 1;
  return Array.from({ length: steps + 1 }, (_, step) => {
    const share = step / steps;
    const rung = quantity === 'bodyKiB' ? least * (most / least) ** share : least + (most - least) * share;
    return { rung: dataNumber(rung), us: dataNumber(interceptUs.estimate + slopeUs.estimate * rung) };
  });
}
