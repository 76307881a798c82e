import type { CalibrationSeries, Run } from '../../../results/schema/index.js';
import { intervalOf } from '../../content/interval.js';
import { noiseOf } from '../../content/noise.js';
import { dataNumber, significant, us, usPlusMinus } from '../../format/number.js';
import { cpuWords, p50Words } from '../tip-words.js';
import { type Tip, tipOf } from '../tips.js';

/** One injection: what went in, and what came back, in µs. */
export interface CalibrationDot {
  readonly injected: number;
  readonly us: number;
  readonly low?: number;
  readonly high?: number;
  /** `20.1 → 20.4 ±0.6`. */
  readonly label: string;
  /** What went in, for a tooltip. */
  readonly place: string;
  readonly tip: Tip;
}

/** What one filter injected, and what came back. */
export interface CalibrationPlot {
  readonly title: string;
  readonly subtitle: string;
  readonly variant: string;
  readonly mechanism: string;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly dots: readonly CalibrationDot[];
  /** Where a perfect measurement lies; else the line through the dots, or nothing. */
  readonly line: { readonly slope: number; readonly interceptUs: number } | null;
  /** What identical arms differed by; null where the run has no such pairs. */
  readonly noiseUs: number | null;
}

// What came back is told against the same filter that injects nothing.
const came = {
  cpu: { ...cpuWords, what: 'µs of CPU per request came back' },
  time: { ...p50Words, what: 'µs of median response time came back' },
} as const;

const kinds: Readonly<Record<CalibrationSeries['kind'], { what: string; x: string }>> = {
  cpu: { what: 'CPU injected', x: 'µs of CPU that the filter burned, by its own clock' },
  'cpu-alone': {
    what: 'CPU injected, and caches that cool',
    x: 'µs of CPU that the filter burned, by its own clock',
  },
  sleep: { what: 'sleep injected', x: 'µs that the filter slept, by its own clock' },
  loops: { what: 'loops injected', x: 'loops in each request' },
};

/** A plot for each series with a number. */
export function calibrationPlots(run: Run): CalibrationPlot[] {
  return (run.calibration ?? []).flatMap((series): CalibrationPlot[] => {
    const arm = run.arms.find(({ id }) => series.points.some((point) => point.arm === id));
    const dots = dotsOf(run, series);
    if (arm === undefined || dots.length === 0) return [];
    const { variant, kind, line } = series;
    const isTime = kind === 'sleep';
    const hasTruth = kind !== 'loops';
    return [
      {
        title: `${variant} · ${kinds[kind].what}`,
        subtitle: subtitleOf(run, series),
        variant,
        mechanism: arm.mechanism,
        xTitle: kinds[kind].x,
        yTitle: isTime ? 'µs of median response time' : 'µs of CPU that came back',
        dots,
        line: hasTruth
          ? { slope: 1, interceptUs: 0 }
          : line && { slope: line.slope, interceptUs: line.interceptUs },
        noiseUs: noiseOf(run, arm, isTime ? 'p50Us' : 'totalCpuUs'),
      },
    ];
  });
}

function dotsOf(run: Run, { kind, points }: CalibrationSeries): CalibrationDot[] {
  return points.flatMap(({ injection, truthUs, cpuUs, p50Us }): CalibrationDot[] => {
    const measured = kind === 'sleep' ? p50Us : cpuUs;
    const injected = kind === 'loops' ? injection.amount : truthUs;
    if (measured === null || injected === null) return [];
    const interval = intervalOf(run, measured);
    const name = kind === 'loops' ? significant(injected, 0) : us(injected);
    const unit = kind === 'loops' ? 'loops' : 'µs';
    return [
      {
        injected: dataNumber(injected),
        us: dataNumber(measured.estimate),
        ...(interval && { low: dataNumber(interval.low), high: dataNumber(interval.high) }),
        label: `${name} → ${usPlusMinus(measured.estimate, interval)}`,
        place: `${name} ${unit} injected`,
        tip: tipOf(run, measured, kind === 'sleep' ? came.time : came.cpu),
      },
    ];
  });
}

function subtitleOf({ plan }: Run, { kind, line }: CalibrationSeries): string {
  const load = kind === 'sleep' ? '1 connection' : `closed loop, ${plan.connections} connections`;
  if (kind !== 'loops' || line === null) return load;
  return `${load} · ${significant(line.slope * 1_000)} µs per 1,000 loops, r² ${line.r2.toFixed(4)}`;
}
