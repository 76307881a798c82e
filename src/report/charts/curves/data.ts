import type { Run, Rung, Slope } from '../../results/schema/index.js';
import { intervalOf } from '../content/interval.js';
import { familiesOf } from '../content/panels.js';
import { rungText, stepWords } from '../content/rungs.js';
import { slopeTablesOf } from '../content/slopes.js';
import { dataNumber, slopePlusMinus, usPlusMinus } from '../format/number.js';
import { classes, classText, type Group } from './groups.js';

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
}

/** All plots of a run that have a curve. */
export function curvesOf(run: Run): Curves[] {
  return familiesOf(run).flatMap((family) =>
    slopeTablesOf(run, family).flatMap(({ title, quantity, rows }) =>
      classes.flatMap((each): Curves[] => {
        const own = rows.filter(({ slope }) => slope.class === each);
        if (own.length === 0) return [];
        const curves = own.map(({ slope, withinNoise }, place): Curve => {
          const { variant, mechanism } = slope;
          const before = own.slice(0, place).filter((other) => other.slope.mechanism === mechanism);
          const text = slopePlusMinus(slope.slopeUs.estimate, intervalOf(run, slope.slopeUs));
          return {
            variant,
            mechanism,
            style: before.length,
            slope,
            points: pointsOf(run, slope),
            label: `${text} ${stepWords[quantity].unit}${withinNoise ? ' (within noise)' : ''}`,
          };
        });
        return [{ title: `${title} · ${classText(each)}`, quantity, class: each, curves }];
      }),
    ),
  );
}

function pointsOf(run: Run, slope: Slope): CurvePoint[] {
  const { family, quantity, variant, envoy, runtime, rungs } = slope;
  return familiesOf(run)
    .filter((each) => each.name === family && each.quantity === quantity)
    .flatMap(({ panels }) => panels)
    .filter((panel) => panel.envoy === envoy && panel.runtime === runtime)
    .flatMap(({ scenario, measured }): CurvePoint[] => {
      const { rung } = scenario;
      const total = measured.find((arm) => arm.variant === variant)?.overhead.totalCpuUs;
      if (rung === null || total === undefined || !rungs.includes(rung.value)) return [];
      const interval = intervalOf(run, total);
      return [
        {
          rung: rung.value,
          us: dataNumber(total.estimate),
          ...(interval && { low: dataNumber(interval.low), high: dataNumber(interval.high) }),
          label: `${usPlusMinus(total.estimate, interval)} at ${rungText(rung)}`,
        },
      ];
    });
}

/** Enough of a fitted line to draw it: a straight one is bent on an axis of logarithms. */
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
