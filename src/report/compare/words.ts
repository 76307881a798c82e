import { type Metric, metrics } from '../../results/compare/index.js';
import type {
  ArmChange,
  Change,
  RegressionGate,
  RunChanges,
  RunComparison,
  Uncalled,
  Unlikeness,
  UnmatchedArm,
} from '../../results/schema/index.js';
import { counted, ratio, ratioInterval, us, usHalfWidth } from '../format/number.js';
import { oneLine } from '../format/text.js';

/** Why a change is not called, in words that follow "not called:". */
export const uncalledWords: Readonly<Record<Uncalled, string>> = {
  'few-restarts': 'too few restarts',
  'no-floor': 'no A/A pair of its class',
  'generator-limited': 'the generator set the pace',
  unsure: 'not sure',
  'within-noise': 'within the noise',
  'within-drift': 'the machine drifted as much',
};

function intervalOf({ low, high }: Change): { low: number; high: number } | null {
  return low === null || high === null ? null : { low, high };
}

/** `+5.10 ±0.41` in µs. */
export function usChange(change: Change): string {
  const interval = intervalOf(change);
  const sign = change.change > 0 ? '+' : '';
  return `${sign}${us(change.change, interval)} ${usHalfWidth(change.change, interval)}`.trimEnd();
}

/** `0.912 [0.905, 0.919]`: throughput as a quotient. */
export function ratioChange(change: Change): string {
  return `${ratio(change.change)} ${ratioInterval(intervalOf(change))}`.trimEnd();
}

/** `+12.4 %`: the change in CPU as a share of what the arm itself costs in the first run. */
export function ownShare({ totalCpuUs, ownUs }: ArmChange): string {
  return percent(totalCpuUs.change / ownUs);
}

function percent(share: number): string {
  const text = Math.abs(share * 100).toFixed(1);
  return `${share < 0 ? '−' : '+'}${text} %`;
}

/** `dearer` or `cheaper`, where a change in CPU is called; else empty. */
export function verdictOf({ totalCpuUs: { called, change } }: ArmChange): string {
  if (!called) return '';
  return change > 0 ? 'dearer' : 'cheaper';
}

/** The change of one number of an arm; null where it has none. */
export function changeOf(arm: ArmChange, metric: Metric): Change | null {
  return arm[metric];
}

/** Whether anything of an arm is called. */
export function isCalled(arm: ArmChange): boolean {
  return metrics.some((metric) => changeOf(arm, metric)?.called === true);
}

/** Arms of which something is called: what costs more, the most first, then what costs less, then the rest. */
export function calledFirst(arms: readonly ArmChange[]): ArmChange[] {
  const rank = (arm: ArmChange) => ({ dearer: 0, cheaper: 1 })[verdictOf(arm)] ?? 2;
  return arms
    .filter(isCalled)
    .toSorted((a, b) => rank(a) - rank(b) || Math.abs(b.totalCpuUs.change) - Math.abs(a.totalCpuUs.change));
}

/** `lua in headers`, with the Envoy or the runtime where these tell arms apart. */
export function armNamer({ arms }: RunChanges): (arm: ArmChange) => string {
  const keyOf = ({ scenario, variant }: ArmChange) => `${scenario} ${variant}`;
  const isTwice = (arm: ArmChange) => arms.filter((other) => keyOf(other) === keyOf(arm)).length > 1;
  return (arm) => {
    const { scenario, variant, runtime, envoy } = arm;
    const on = isTwice(arm) ? ` on ${envoy.to}, ${runtime}` : '';
    return oneLine(`${variant} in ${scenario}${on}`);
  };
}

/** `B against A: 1 of 12 arms got dearer, 0 cheaper.` */
export function summaryOf({ run, arms }: RunChanges): string {
  const [dearer, cheaper] = ['dearer', 'cheaper'].map(
    (word) => arms.filter((arm) => verdictOf(arm) === word).length,
  );
  const other = arms.filter((arm) => verdictOf(arm) === '' && isCalled(arm)).length;
  const also = other === 0 ? '' : ` ${counted(other, 'other')} changed in throughput or unloaded p50.`;
  return `${run} against A: ${dearer} of ${counted(arms.length, 'arm')} got dearer, ${cheaper} cheaper.${also}`;
}

/** What the marks mean, and what was judged together. */
export function legendOf({ tests, confidence }: RunComparison): string {
  const sure = `sure at ${Math.round(confidence * 1_000) / 10} % over ${counted(tests, 'test')} (Holm)`;
  return (
    `* called: ${sure}, and beyond the noise floors of both runs, also were both machines equally fast. ` +
    'Intervals are of each number by itself. CPU and p50 are what an arm adds; ' +
    'throughput is relative to the baseline, and its change a quotient.'
  );
}

/** How many arms could not be judged in CPU, and why; empty where all were. */
export function unjudgedOf({ arms }: RunChanges): string {
  const reasons = (['few-restarts', 'no-floor'] as const).flatMap((reason) => {
    const count = arms.filter(({ totalCpuUs }) => totalCpuUs.uncalled === reason).length;
    return count === 0 ? [] : [`${counted(count, 'arm')}: ${uncalledWords[reason]}`];
  });
  return reasons.length === 0 ? '' : `Not judged: ${reasons.join('; ')}.`;
}

/** What Envoy spends without a filter, on both sides. */
export function baselineTexts({ baselines, run }: RunChanges): string[] {
  return baselines.map(
    ({ scenario, fromUs, toUs }) =>
      `${scenario} without a filter: ${us(fromUs)} µs in A, ${us(toUs)} µs in ${run} (${percent(toUs / fromUs - 1)})`,
  );
}

/** `kernel: 6.1.0-18 in A, 6.1.0-20 in B`. */
export function unlikenessText({ what, from, to }: Unlikeness, run: string): string {
  return oneLine(`${what}: ${from} in A, ${to} in ${run}`);
}

/** Which run lacks an arm, and why. */
export function unmatchedText({ scenario, variant, from, to, reason }: UnmatchedArm, run: string): string {
  const status = `${from ?? 'not there'} in A, ${to ?? 'not there'} in ${run}`;
  return oneLine(`${variant} in ${scenario}: ${status}${reason === null ? '' : `: ${reason}`}`);
}

/** Whether `--fail-on` passed, and what failed. */
export function gateTexts({ limit, passed, failures, unjudged }: RegressionGate): string[] {
  const allowed = 'us' in limit ? `${limit.us} µs` : `${Number((limit.share * 100).toFixed(3))} %`;
  const left = unjudged === 0 ? '' : `; ${counted(unjudged, 'arm')} could not be judged`;
  if (passed) return [`No called regression beyond ${allowed}${left}.`];
  return [
    `Failed: ${counted(failures.length, 'regression')} beyond ${allowed}${left}.`,
    ...failures.map(({ run, scenario, variant, byUs, share }) =>
      oneLine(
        byUs === null || share === null
          ? `${variant} in ${scenario} of ${run}: invalid now`
          : `${variant} in ${scenario} of ${run}: +${us(byUs)} µs, ${percent(share)} of what it cost in A`,
      ),
    ),
  ];
}
