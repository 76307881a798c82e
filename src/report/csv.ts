import { stringify } from 'csv-stringify/sync';
import type { ArmResult, Estimate, Run } from '../results/schema/index.js';

const columns = [
  ...['run', 'scenario', 'variant', 'mechanism', 'class', 'envoy', 'runtime', 'twin_of', 'status'],
  ...['metric', 'load', 'estimate', 'low', 'high', 'confidence', 'restarts', 'reason'],
] as const;
type Row = Readonly<Partial<Record<(typeof columns)[number], string | number | null>>>;

/**
 * Every estimate of a run as comma-separated values (RFC 4180), a line each, for a spreadsheet or a data frame. Units are in the names of the
 * metrics, as in run.json; an arm without numbers has one line, with its reason.
 */
export function reportCsv(run: Run): string {
  return stringify(
    run.arms.flatMap((arm) => rowsOf(run, arm)),
    { header: true, columns: [...columns] },
  );
}

function rowsOf(run: Run, arm: ArmResult): Row[] {
  const { scenario, variant, mechanism, envoy, runtime, status, twinOf, reason } = arm;
  const about: Row = {
    ...{ run: run.id, scenario, variant, mechanism, class: arm.class, envoy, runtime, status },
    twin_of: twinOf,
  };
  const measured = metricsOf(arm).flatMap(([metric, estimate]): Row[] =>
    estimate ? [{ ...about, metric, ...valuesOf(estimate) }] : [],
  );
  return measured.length === 0 ? [{ ...about, reason }] : measured;
}

function metricsOf({ cpu, capacity, latency, overhead }: ArmResult): [string, Estimate | null | undefined][] {
  return [
    ['cpu.envoyUs', cpu?.envoyUs],
    ['cpu.serverUs', cpu?.serverUs],
    ['cpu.totalUs', cpu?.totalUs],
    ['overhead.cpuUs', overhead?.cpuUs],
    ['overhead.totalCpuUs', overhead?.totalCpuUs],
    ['overhead.p50Us', overhead?.p50Us],
    ['overhead.throughputRatio', overhead?.throughputRatio],
    ['capacity.rps', capacity?.rps],
    ['latency.unloaded.p50Us', latency?.unloaded?.p50Us],
    ['latency.unloaded.p90Us', latency?.unloaded?.p90Us],
    ['latency.unloaded.p99Us', latency?.unloaded?.p99Us],
    ...(latency?.openLoop ?? []).flatMap((rate): [string, Estimate | null][] => [
      ['openLoop.achievedRps', rate.achievedRps],
      ['openLoop.p50Us', rate.p50Us],
      ['openLoop.p90Us', rate.p90Us],
      ['openLoop.p99Us', rate.p99Us],
      ['openLoop.p999Us', rate.p999Us],
      ['openLoop.totalCpuUs', rate.totalCpuUs],
      ['openLoop.overhead.totalCpuUs', rate.overhead?.totalCpuUs ?? null],
      ['openLoop.overhead.p50Us', rate.overhead?.p50Us ?? null],
    ]),
  ];
}

function valuesOf({ estimate, low, high, confidence, restarts, load }: Estimate): Row {
  const loop = load.loop === 'closed' ? `closed ${load.connections}` : `open ${load.rps}`;
  return { load: loop, estimate, low, high, confidence, restarts };
}
