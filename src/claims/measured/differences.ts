import type { ArmResult, Estimate, OpenLoopResult } from '../../results/schema/index.js';
import { confidence } from '../../schedule/plan.js';
import { leastForInterval } from '../../stats/enough-restarts.js';
import { tInterval } from '../../stats/interval.js';
import { closedLoopNoise, openLoopNoise } from './noise.js';
import { minus, type Paired } from './paired.js';
import type { Place } from './places.js';

/** What two arms are held against each other by. */
export type Metric = 'cpu' | 'p50' | 'throughput';

export const metricNames: Readonly<Record<Metric, string>> = {
  cpu: 'CPU',
  p50: 'p50 at 1 connection',
  throughput: 'throughput',
};

/** A rate that every profile has, stated before any run: arms are held against each other there, too. */
export const equalRateRps = 2_000;

/** First minus second, or the logarithm of first over second for throughput; null where it was not measured. */
export function difference(place: Place, first: ArmResult, second: ArmResult, metric: Metric): Paired | null {
  switch (metric) {
    case 'cpu':
      return cpuDifference(place, first, second);
    case 'p50':
      return p50Difference(place, first, second);
    case 'throughput':
      return throughputRatio(place, first, second);
  }
}

/** The open loop of an arm at a rate, where it kept it. */
export function sustainedAt({ latency }: ArmResult, rps: number): OpenLoopResult | undefined {
  return latency?.openLoop.find((rate) => rate.rps === rps && rate.sustained);
}

/** In the closed loop; at the equal rate where both intervals say that the two disagree (docs/method.md). */
function cpuDifference(place: Place, first: ArmResult, second: ArmResult): Paired | null {
  const closed = closedLoop(place, first, second, 'totalCpuUs');
  const open = atEqualRate(place, first, second);
  return closed && open && disagree(closed, open) ? open : (closed ?? open);
}

function closedLoop(
  place: Place,
  first: ArmResult,
  second: ArmResult,
  metric: 'totalCpuUs' | 'throughputRatio',
): Paired | null {
  const { run } = place;
  const pair = run.comparisons.find(({ a, b }) => a === first.id && b === second.id);
  const reverse = run.comparisons.find(({ a, b }) => a === second.id && b === first.id);
  const found = pair ?? reverse;
  if (!found) return null;
  const isRatio = metric === 'throughputRatio';
  const { perRestart, load } = found[metric];
  const values = isRatio ? perRestart.map(Math.log) : perRestart;
  const floor = closedLoopNoise(place, [first, second], (own) => (isRatio ? own.throughputRatio : own.cpuUs));
  return {
    values: pair ? values : values.map((value) => -value),
    unit: isRatio ? 'ratio' : 'µs',
    load,
    intervals: run.plan.intervals,
    noise: floor !== null && isRatio ? Math.log1p(floor) : floor,
  };
}

function throughputRatio(place: Place, first: ArmResult, second: ArmResult): Paired | null {
  return closedLoop(place, first, second, 'throughputRatio');
}

function p50Difference(place: Place, first: ArmResult, second: ArmResult): Paired | null {
  const [own, other] = [first.overhead?.p50Us, second.overhead?.p50Us];
  const noise = closedLoopNoise(place, [first, second], (floor) => floor.p50Us);
  return own && other ? overheads(place, own, other, noise) : null;
}

function atEqualRate(place: Place, first: ArmResult, second: ArmResult): Paired | null {
  const read = (arm: ArmResult) => sustainedAt(arm, equalRateRps)?.overhead?.totalCpuUs ?? null;
  const [own, other] = [read(first), read(second)];
  return own && other ? overheads(place, own, other, openLoopNoise(place, [first, second], read)) : null;
}

function overheads({ run }: Place, own: Estimate, other: Estimate, noise: number | null): Paired {
  return { values: minus(own, other), unit: 'µs', load: own.load, intervals: run.plan.intervals, noise };
}

/** Whether two intervals have nothing in common. */
function disagree(one: Paired, other: Paired): boolean {
  if (!one.intervals || [one, other].some(({ values }) => values.length < leastForInterval)) return false;
  const [a, b] = [one, other].map(({ values }) => tInterval(values, confidence));
  const low = Math.max(a?.low ?? 0, b?.low ?? 0);
  const high = Math.min(a?.high ?? 0, b?.high ?? 0);
  return low > high;
}
