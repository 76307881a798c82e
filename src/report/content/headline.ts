import type { Run } from '../../results/schema/index.js';
import { counted, us } from '../format/number.js';
import { bufferMechanism } from '../palette.js';
import { noiseOf, withinNoise } from './noise.js';
import { type MeasuredArm, type Panel, panelsOf } from './panels.js';
import { slopeSentences } from './slopes.js';
import { pairCounts } from './told-apart.js';

/** What a run without intervals says wherever numbers would be shown. */
export function noticeOf({ plan }: Pick<Run, 'plan'>): string {
  return plan.proveOnly ? 'proofs only: nothing was measured' : 'smoke: no intervals, nothing is ranked';
}

interface Placed {
  readonly arm: MeasuredArm;
  readonly panel: Panel;
}

function named({ arm, panel }: Placed, severalPanels: boolean): string {
  return severalPanels ? `${arm.variant} in ${panel.title}` : arm.variant;
}

function rangeOf(run: Run, who: string, placed: readonly Placed[], severalPanels: boolean): string | null {
  const sorted = placed.toSorted(
    (a, b) => a.arm.overhead.totalCpuUs.estimate - b.arm.overhead.totalCpuUs.estimate,
  );
  const [first, last] = [sorted.at(0), sorted.at(-1)];
  if (first === undefined || last === undefined) return null;
  const from = withinNoise(run, first.arm, 'totalCpuUs')
    ? `less than this run's noise of ${us(noiseOf(run, first.arm, 'totalCpuUs') ?? 0)} µs`
    : `${us(first.arm.overhead.totalCpuUs.estimate)} µs`;
  if (first === last) return `${who} adds ${from} of CPU per request (${named(first, severalPanels)})`;
  return (
    `${who} adds from ${from} (${named(first, severalPanels)}) ` +
    `to ${us(last.arm.overhead.totalCpuUs.estimate)} µs (${named(last, severalPanels)}) of CPU per request`
  );
}

function baselineCost(panels: readonly Panel[]): string {
  const costs = panels
    .flatMap(({ baseline }) => (baseline?.status === 'valid' ? (baseline.cpu?.totalUs.estimate ?? []) : []))
    .toSorted((a, b) => a - b)
    .map((cost) => us(cost));
  const [least, most] = [costs.at(0), costs.at(-1)];
  if (least === undefined || most === undefined) return 'the same Envoy without the filter';
  const range = least === most ? least : `${least} to ${most}`;
  return `the same Envoy without the filter, which spends ${range} µs`;
}

/** The run in one or two plain sentences. */
export function headlineOf(run: Run): string {
  if (run.plan.proveOnly) {
    const proven = run.arms.filter(({ status }) => status === 'valid');
    return `${counted(proven.length, 'arm')} passed every proof; nothing was measured.`;
  }
  const panels = panelsOf(run);
  const placed = panels.flatMap((panel) => panel.measured.map((arm) => ({ arm, panel })));
  if (placed.length === 0)
    return 'No arm of this run has a number that counts; the reasons are listed below.';
  const arms = counted(placed.length, 'arm');
  if (!run.plan.intervals) {
    return `${noticeOf(run)}. ${arms} ran and passed every check; the numbers show only that the bench works here.`;
  }
  const severalPanels = panels.length > 1;
  const ranges = [
    rangeOf(
      run,
      'an in-process filter',
      // What only buffers is no filter of anybody's: it is there to compare with.
      placed.filter(({ arm }) => arm.class === 'in-process' && arm.mechanism !== bufferMechanism),
      severalPanels,
    ),
    rangeOf(
      run,
      'an external server',
      placed.filter(({ arm }) => arm.class === 'external'),
      severalPanels,
    ),
  ].filter((range) => range !== null);
  const { apart, all } = pairCounts(run);
  const pairs = all === 0 ? '' : ` ${apart} of ${counted(all, 'pair')} of arms can be told apart.`;
  // A number and its unit stay on one line.
  const sentences = [`Over ${baselineCost(panels)}, ${ranges.join('; ')}.${pairs}`, ...slopeSentences(run)];
  return sentences.join(' ').replaceAll(' µs', '\u00a0µs');
}
