import type { Run, Rung, Slope } from '../../../results/schema/index.js';
import { intervalOf } from '../../content/interval.js';
import { noiseOf } from '../../content/noise.js';
import type { Family, Panel } from '../../content/panels.js';
import { baselineUs } from '../../content/rows.js';
import { rungText, stepWords } from '../../content/rungs.js';
import { type RungPoint, type SlopeRow, slopeTablesOf } from '../../content/slopes.js';
import { dataNumber, slopePlusMinus, us, usPlusMinus } from '../../format/number.js';
import { classes, classText, type Group } from '../groups.js';
import { styleOf } from './styles.js';

/** One variant over the rungs of its series. */
export interface Curve {
  readonly variant: string;
  readonly mechanism: string;
  /** Tells variants of one mechanism, which share a colour, from each other. */
  readonly style: number;
  readonly slope: Slope;
  readonly points: readonly CurvePoint[];
  /** The slope as it is written beside the curve. */
  readonly label: string;
}

/** The overhead at one rung. */
export interface CurvePoint {
  readonly rung: number;
  readonly us: number;
  readonly low?: number;
  readonly high?: number;
  readonly label: string;
}

/** The curves of one plot: one family on one Envoy, and one class. */
export interface Curves {
  readonly title: string;
  readonly quantity: Rung['quantity'];
  readonly class: Group['class'];
  readonly curves: readonly Curve[];
  /** What zero is at each rung, in words. */
  readonly baseline: string;
  /** How far identical arms came apart at each rung; empty where the run has no such pairs. */
  readonly noise: readonly { readonly rung: number; readonly us: number }[];
}

/** All plots of a family that have a curve. */
export function curvesOf(run: Run, family: Family): Curves[] {
  return slopeTablesOf(run, family).flatMap(({ title, quantity, panels, rows }) =>
    classes.flatMap((each): Curves[] => {
      const own = rows.filter(({ slope }) => slope.class === each);
      if (own.length === 0) return [];
      return [
        {
          title: `${title} · ${classText(each)}`,
          quantity,
          class: each,
          curves: own.map((row) => curveOf(run, row)),
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
    slope,
    points: points.map((point) => curvePoint(run, point)),
    label: [`${text} ${stepWords[quantity].unit}`, ...remarks.filter((remark) => remark !== '')].join(', '),
  };
}

function curvePoint(run: Run, { rung, arm }: RungPoint): CurvePoint {
  const { totalCpuUs } = arm.overhead;
  const interval = intervalOf(run, totalCpuUs);
  return {
    rung: rung.value,
    us: dataNumber(totalCpuUs.estimate),
    ...(interval && { low: dataNumber(interval.low), high: dataNumber(interval.high) }),
    label: `${usPlusMinus(totalCpuUs.estimate, interval)} at ${rungText(rung)}`,
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
export function lineOf({ slope, points }: Curve, quantity: Rung['quantity']): { rung: number; us: number }[] {
  const rungs = points.map(({ rung }) => rung);
  const [least, most] = [Math.min(...rungs), Math.max(...rungs)];
  const steps = quantity === 'bodyKiB' ? Math.max(1, Math.ceil(Math.log2(most / least) * 4)) : 1;
  return Array.from({ length: steps + 1 }, (_, step) => {
    const share = step / steps;
    const rung = quantity === 'bodyKiB' ? least * (most / least) ** share : least + (most - least) * share;
    return {
      rung: dataNumber(rung),
      us: dataNumber(slope.interceptUs.estimate + slope.slopeUs.estimate * rung),
    };
  });
}
