import { median } from 'simple-statistics';
import type { GeneratorMeasurement } from '../../results/schema/index.js';

/** Our generator beside wrk, in medians over pairs of slices that follow each other. */
export type Comparison = NonNullable<GeneratorMeasurement['comparisons']>[number];

/** What one client showed at some number of connections. */
export type ClientResult = Comparison['ours'];

/** @throws Error where there are no pairs. */
export function compareClients(
  connections: number,
  pairs: readonly { readonly ours: ClientResult; readonly wrk: ClientResult }[],
): Comparison {
  const middle = (of: (pair: (typeof pairs)[number]) => number) => median(pairs.map(of));
  return {
    connections,
    pairs: pairs.length,
    ours: { rps: middle(({ ours }) => ours.rps), p50Us: middle(({ ours }) => ours.p50Us) },
    wrk: { rps: middle(({ wrk }) => wrk.rps), p50Us: middle(({ wrk }) => wrk.p50Us) },
    throughputRatio: middle(({ ours, wrk }) => ours.rps / wrk.rps),
    p50DifferenceUs: middle(({ ours, wrk }) => ours.p50Us - wrk.p50Us),
  };
}

/** Where a generator keeps up with wrk, a client in C: at these it may differ by no more. */
const gate = {
  /** Throughput is compared where several connections keep the client busy. */
  throughput: { connections: [8, 16], leastRatio: 0.85 },
  latency: { connections: [1, 8], mostShare: 0.15, mostUs: 30 },
} as const;

/** What of the gate does not hold, in words; empty where all does. Lower latencies are as wrong as higher ones. */
export function gateProblems(comparisons: readonly Comparison[]): string[] {
  return comparisons.flatMap(({ connections, throughputRatio, p50DifferenceUs, wrk }) => {
    const problems: string[] = [];
    const { throughput, latency } = gate;
    const at = `at ${connections} connection${connections === 1 ? '' : 's'}`;
    if (isOneOf(connections, throughput.connections) && !(throughputRatio >= throughput.leastRatio))
      problems.push(
        `throughput is ${throughputRatio.toFixed(2)} of wrk's ${at}, not ${throughput.leastRatio}`,
      );
    const mostUs = Math.max(latency.mostUs, latency.mostShare * wrk.p50Us);
    if (isOneOf(connections, latency.connections) && !(Math.abs(p50DifferenceUs) <= mostUs))
      problems.push(
        `p50 is ${p50DifferenceUs.toFixed(0)} µs from wrk's ${at}, more than ${mostUs.toFixed(0)} µs`,
      );
    return problems;
  });
}

function isOneOf(value: number, values: readonly number[]): boolean {
  return values.includes(value);
}
