import type { ArmResult, Distribution, Load, Run } from '../../../results/schema/index.js';
import type { Family, Panel } from '../../content/panels.js';
import { newestPanelsOf } from '../../content/versions.js';
import { counted, dataNumber, us, usWithInterval } from '../../format/number.js';
import { wrapped } from '../../format/text.js';
import { styleOf } from '../curves/styles.js';
import type { Curve } from '../curves/types.js';
import { classes, classText, type Group } from '../groups.js';

/** Response times of one class under one load: a curve an arm. */
export interface Tails {
  readonly title: string;
  readonly subtitle: readonly string[];
  readonly class: Group['class'];
  readonly curves: readonly Curve[];
}

/** At which percentiles a curve has a dot, and its numbers are written. */
const named = [50, 90, 99, 99.9];

/** Of how many responses one is slower: 2 for the median, 100 for p99. */
export function oneIn(percentile: number): number {
  return dataNumber(100 / (100 - percentile));
}

/** Whether an axis of tails names this place. */
export function isNamed(rung: number): boolean {
  return named.some((percentile) => oneIn(percentile) === rung);
}

// The rate that most arms keep up with: at the others fewer and fewer have a curve. All are in run.json.
function shownRates({ plan }: Run): number[] {
  return plan.rates.length === 0 ? [] : [Math.min(...plan.rates)];
}

/** All plots of a family: at 1 connection, then at the lowest rate; in-process, then external. */
export function tailsOf(run: Run, family: Family): Tails[] {
  const loads = [null, ...shownRates(run)];
  return newestPanelsOf(family).flatMap((panel) =>
    loads.flatMap((rps) => classes.flatMap((each) => plotOf(run, panel, rps, each))),
  );
}

/** Rates that no arm of a class has a curve at, in words: such a plot is left out. */
export function emptyTails(run: Run, family: Family): string[] {
  return newestPanelsOf(family).flatMap((panel) =>
    shownRates(run).flatMap((rps) =>
      classes.flatMap((each) => {
        const arms = panel.measured.filter((arm) => arm.class === each && hasRate(arm, rps));
        const isEmpty = arms.length > 0 && plotOf(run, panel, rps, each).length === 0;
        const where = `${panel.title} · ${classText(each)} at ${rps.toLocaleString('en-US')} requests/s`;
        return isEmpty ? [`${where}: no curve, for none kept up with enough responses`] : [];
      }),
    ),
  );
}

function hasRate({ latency }: ArmResult, rps: number): boolean {
  return latency?.openLoop.some((rate) => rate.rps === rps) === true;
}

/** Nothing where no arm but the baseline has a curve. */
function plotOf(run: Run, panel: Panel, rps: number | null, each: Group['class']): Tails[] {
  const arms = panel.measured.filter((arm) => arm.class === each);
  const drawn = arms.flatMap((arm) => curvesOf(run, arm, rps));
  if (drawn.length === 0) return [];
  const { baseline } = panel;
  const ofBaseline = baseline?.status === 'valid' ? curvesOf(run, baseline, rps) : [];
  const all = [...ofBaseline, ...drawn];
  const without = arms.filter(({ variant }) => !drawn.some(({ curve }) => curve.variant === variant));
  return [
    {
      title: `${panel.title} · ${classText(each)} · ${rps === null ? '1 connection' : `${rps.toLocaleString('en-US')} requests/s`}`,
      subtitle: [
        samplesText(
          all.map(({ distribution }) => distribution),
          rps,
        ),
        ...whyWithout(without, rps),
      ],
      class: each,
      curves: all.map(({ curve }) => curve),
    },
  ];
}

interface Drawn {
  readonly curve: Curve;
  readonly distribution: Distribution;
}

function curvesOf(run: Run, arm: ArmResult, rps: number | null): Drawn[] {
  const distribution = arm.latency?.distributions?.find(({ load }) => rateOf(load) === rps);
  if (distribution === undefined || distribution.points.length === 0) return [];
  const { variant, mechanism } = arm;
  const points = distribution.points.map(({ percentile, us: value, low, high }) => {
    const interval = run.plan.intervals && low !== null && high !== null ? { low, high } : null;
    return {
      rung: oneIn(percentile),
      us: dataNumber(value),
      ...(interval && { low: dataNumber(interval.low), high: dataNumber(interval.high) }),
      label: `p${percentile} ${usWithInterval(value, interval)}`,
    };
  });
  const ends = distribution.points.filter(({ percentile }) => named.includes(percentile));
  const label = ends.map(({ percentile, us: value }) => `p${percentile} ${us(value)}`).join(', ');
  const style = styleOf(run, arm);
  return [{ distribution, curve: { variant, mechanism, style, points, line: points, label } }];
}

function rateOf(load: Load): number | null {
  return load.loop === 'open' ? load.rps : null;
}

function samplesText(distributions: readonly Distribution[], rps: number | null): string {
  const counts = distributions.map(({ samples }) => samples);
  const [least, most] = [Math.min(...counts), Math.max(...counts)].map((count) =>
    count.toLocaleString('en-US'),
  );
  const restarts = Math.max(...distributions.map((each) => each.restarts));
  const responses = least === most ? `${most} responses` : `${least} to ${most} responses`;
  const how = rps === null ? 'closed loop' : 'open loop, from the intended start';
  return `${how}; ${responses} an arm, over ${counted(restarts, 'restart')}`;
}

// As wide as a plot with the names beside it.
const lineLength = 84;

/** Who is left out, and why. */
function whyWithout(arms: readonly ArmResult[], rps: number | null): string[] {
  const missedRate = (arm: ArmResult) =>
    arm.latency?.openLoop.some((rate) => rate.rps === rps && !rate.sustained) === true;
  const line = (why: string, own: readonly ArmResult[]) =>
    own.length === 0 ? [] : wrapped(`${why}: ${own.map(({ variant }) => variant).join(', ')}`, lineLength);
  return [
    ...line('missed the rate', arms.filter(missedRate)),
    ...line(
      'too few responses',
      arms.filter((arm) => !missedRate(arm)),
    ),
  ];
}
