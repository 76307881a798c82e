import type { ArmResult, Run } from '../../results/schema/index.js';
import {
  absent,
  ratio,
  ratioInterval,
  rps,
  significant,
  us,
  usInterval,
  usWithInterval,
} from '../format/number.js';
import { cell, nothing, type TableCell } from './cells.js';
import { intervalOf } from './interval.js';
import { type NoiseMetric, withinNoise } from './noise.js';
import type { Panel } from './panels.js';

/** The columns of a panel's table, in order. */
export const columns = [
  { key: 'cpu', title: 'CPU overhead, µs' },
  { key: 'shares', title: 'Envoy / server, µs' },
  { key: 'throughput', title: 'Throughput, ×' },
  { key: 'capacity', title: 'Capacity, rps' },
  { key: 'p50', title: 'Unloaded p50, µs' },
  { key: 'memory', title: 'PSS, MiB' },
  { key: 'start', title: 'Start, ms' },
] as const;
export type ColumnKey = (typeof columns)[number]['key'];

/** An arm's line in its panel's table. */
export interface TableRow {
  readonly arm: ArmResult;
  readonly cells: Readonly<Record<ColumnKey, TableCell>>;
}

function noiseRemark(run: Run, arm: ArmResult, metric: NoiseMetric): string {
  const { overhead } = arm;
  return overhead !== null && withinNoise(run, { ...arm, overhead }, metric) ? 'within noise' : '';
}

function cpuCell(run: Run, arm: ArmResult): TableCell {
  const total = arm.overhead?.totalCpuUs;
  if (total === undefined) return nothing;
  const interval = intervalOf(run, total);
  return cell(
    us(total.estimate, interval),
    usInterval(total.estimate, interval),
    noiseRemark(run, arm, 'totalCpuUs'),
  );
}

function sharesCell({ overhead, cpu }: ArmResult): TableCell {
  if (overhead === null || cpu === null) return nothing;
  const server = cpu.serverUs === null ? absent : us(cpu.serverUs.estimate);
  return cell(`${us(overhead.cpuUs.estimate)} / ${server}`);
}

function throughputCell(run: Run, arm: ArmResult): TableCell {
  const relative = arm.overhead?.throughputRatio;
  if (relative === undefined) return nothing;
  const interval = ratioInterval(intervalOf(run, relative));
  return cell(ratio(relative.estimate), interval, noiseRemark(run, arm, 'throughputRatio'));
}

function capacityCell({ capacity }: ArmResult): TableCell {
  if (capacity === null) return nothing;
  const { rps: estimate, generatorLimitedSlices: limited, slices } = capacity;
  const remark = limited === 0 ? '' : `generator-limited in ${limited} of ${slices} slices`;
  return cell(rps(estimate.estimate), '', remark);
}

function p50Cell(run: Run, arm: ArmResult): TableCell {
  const absolute = arm.latency?.unloaded?.p50Us;
  if (absolute === undefined) return nothing;
  const over = arm.overhead?.p50Us ?? null;
  if (over === null) return cell(us(absolute.estimate));
  const sign = over.estimate < 0 ? '' : '+';
  const detail = sign + usWithInterval(over.estimate, intervalOf(run, over));
  return cell(us(absolute.estimate), detail, noiseRemark(run, arm, 'p50Us'));
}

function memoryCell({ memory }: ArmResult): TableCell {
  if (memory === null || memory.pssMiB === null) return nothing;
  const server = memory.serverPssMiB === null ? '' : ` + ${significant(memory.serverPssMiB, 1)}`;
  return cell(significant(memory.pssMiB, 1) + server);
}

function rowOf(run: Run, arm: ArmResult): TableRow {
  // What an invalid arm showed under load is not a result: its line has the status, and no number.
  if (arm.status !== 'valid') {
    const empty = Object.fromEntries(columns.map(({ key }) => [key, nothing])) as TableRow['cells'];
    return { arm, cells: empty };
  }
  return {
    arm,
    cells: {
      cpu: cpuCell(run, arm),
      shares: sharesCell(arm),
      throughput: throughputCell(run, arm),
      capacity: capacityCell(arm),
      p50: p50Cell(run, arm),
      memory: memoryCell(arm),
      start: arm.startMs === null ? nothing : cell(significant(arm.startMs, 0)),
    },
  };
}

/** The lines of a panel's table: the baseline first, then the arms in mechanism order. */
export function rowsOf(run: Run, panel: Panel): TableRow[] {
  const arms = panel.baseline === null ? panel.arms : [panel.baseline, ...panel.arms];
  return arms.map((arm) => rowOf(run, arm));
}

/** What the same Envoy spends on a request without the filter, in µs of CPU; null where it has no number that counts. */
export function baselineUs({ baseline }: Panel): number | null {
  return baseline?.status === 'valid' ? (baseline.cpu?.totalUs.estimate ?? null) : null;
}

/** The same as a sentence part. */
export function baselineText(panel: Panel): string | null {
  const spent = baselineUs(panel);
  return spent === null ? null : `${us(spent)} µs of CPU per request`;
}

/** The same as a cell of a table. */
export function baselineCell(panel: Panel): TableCell {
  const spent = baselineUs(panel);
  return spent === null ? nothing : cell(us(spent));
}
