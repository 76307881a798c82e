import type { LatencyTruth } from '../../selftest/latency.js';
import { columns } from '../format/columns.js';

/** Known times, and what each loop made of them, for a terminal. */
export function latencyLines(truths: readonly LatencyTruth[]): string[] {
  const ms = (value: number) => value.toFixed(2);
  return columns([
    ['server', 'percentile', 'truth ms', 'open loop', 'closed loop', 'open within 10 %'],
    ...truths.map(({ name, percentile, truthMs, openLoopMs, closedLoopMs, holds }) => [
      name,
      `p${percentile}`,
      ms(truthMs),
      ms(openLoopMs),
      ms(closedLoopMs),
      holds ? 'yes' : 'NO',
    ]),
  ]);
}
