import type { CalibrationPoint, CalibrationSeries, Run } from '../../results/schema/index.js';
import { intervalOf } from '../content/interval.js';
import { columns } from '../format/columns.js';
import { absent, significant, us, usPlusMinus } from '../format/number.js';

const titles = {
  cpu: 'CPU injected, each request equally long on its core',
  'cpu-alone': 'CPU injected, and the caches that cool meanwhile',
  sleep: 'sleep injected',
  loops: 'loops injected (no clock there: only whether the cost follows them)',
} as const;

/** What was injected and what came back, for a terminal. */
export function calibrationLines(run: Run): string[] {
  return (run.calibration ?? []).flatMap((series) => seriesLines(run, series));
}

function seriesLines(run: Run, { variant, kind, points, line }: CalibrationSeries): string[] {
  const rows = points.map((point) => [
    kind === 'loops' ? String(point.injection.amount) : `${point.injection.amount} µs`,
    point.truthUs === null ? absent : us(point.truthUs),
    textOf(run, point.cpuUs),
    textOf(run, point.p50Us),
    verdictOf(point),
  ]);
  const heads = ['injected', 'truth µs', 'CPU µs', 'p50 µs', 'holds the truth'];
  const fit = line
    ? [
        `  CPU that came back = ${significant(line.slope, 3)} × injected ${line.interceptUs < 0 ? '−' : '+'} ` +
          `${us(Math.abs(line.interceptUs))} µs, r² ${line.r2.toFixed(4)}`,
      ]
    : [];
  return [
    `${variant} · ${titles[kind]}`,
    ...columns([heads, ...rows]).map((text) => `  ${text}`),
    ...fit,
    '',
  ];
}

function verdictOf({ covered }: CalibrationPoint): string {
  if (covered === null) return absent;
  return covered ? 'yes' : 'NO';
}

function textOf(run: Run, estimate: CalibrationPoint['cpuUs']): string {
  return estimate === null ? absent : usPlusMinus(estimate.estimate, intervalOf(run, estimate));
}
