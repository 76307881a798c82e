import type { Run } from '../../results/schema/index.js';
import { counted, slopeText, us } from '../format/number.js';
import { bufferMechanism } from '../palette.js';
import { noiseOf, withinNoise } from './noise.js';
import { type Family, familiesOf, type MeasuredArm, type Panel } from './panels.js';
import { baselineUs } from './rows.js';
import { stepWords } from './rungs.js';
import { type SlopeRow, slopeTablesOf } from './slopes.js';
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
    .flatMap((panel) => baselineUs(panel) ?? [])
    .toSorted((a, b) => a - b)
    .map((cost) => us(cost));
  const [least, most] = [costs.at(0), costs.at(-1)];
  if (least === undefined || most === undefined) return 'the same Envoy without the filter';
  const range = least === most ? least : `${least} to ${most}`;
  return `the same Envoy without the filter, which spends ${range} µs`;
}

/** From the cheapest to the dearest of some panels, which `where` names; nothing where none has a number. */
function rangeSentence(run: Run, panels: readonly Panel[], where: string): string[] {
  const placed = panels.flatMap((panel) => panel.measured.map((arm) => ({ arm, panel })));
  const ranges = [
    rangeOf(
      run,
      'an in-process filter',
      // What only buffers is no filter of anybody's: it is there to compare with.
      placed.filter(({ arm }) => arm.class === 'in-process' && arm.mechanism !== bufferMechanism),
      panels.length > 1,
    ),
    rangeOf(
      run,
      'an external server',
      placed.filter(({ arm }) => arm.class === 'external'),
      panels.length > 1,
    ),
  ].filter((range) => range !== null);
  const over = where === '' ? 'Over' : `In ${where}, over`;
  return ranges.length === 0 ? [] : [`${over} ${baselineCost(panels)}, ${ranges.join('; ')}.`];
}

/** `2.31 µs (wasm/rust)`, or that it lies within the noise. */
function slopeEnd({ slope, withinNoise: isNoise }: SlopeRow): string {
  const text = isNoise ? "less than this run's noise" : `${slopeText(slope.slopeUs.estimate, null)} µs`;
  return `${text} (${slope.variant})`;
}

/** What each KiB or filter adds, from the flattest line to the steepest. */
function slopeSentences(run: Run, families: readonly Family[]): string[] {
  const tables = families.flatMap((family) => slopeTablesOf(run, family));
  return tables.flatMap(({ title, quantity, rows }) => {
    const sorted = rows
      .filter(({ slope }) => slope.mechanism !== bufferMechanism)
      .toSorted((a, b) => a.slope.slopeUs.estimate - b.slope.slopeUs.estimate);
    const [first, last] = [sorted.at(0), sorted.at(-1)];
    if (first === undefined || last === undefined) return [];
    const { each } = stepWords[quantity];
    const range = first === last ? slopeEnd(first) : `from ${slopeEnd(first)} to ${slopeEnd(last)}`;
    return [`In ${title} ${each} adds ${range}.`];
  });
}

/** The ranges of all scenarios without a rung, and of each rung that was measured by itself. */
function rangeSentences(run: Run, families: readonly Family[]): string[] {
  const single = families.filter(({ quantity }) => quantity === null);
  const hasRung = ({ panels }: Family) => panels.some(({ scenario }) => scenario.rung !== null);
  const plain = single.filter((family) => !hasRung(family)).flatMap(({ panels }) => panels);
  return [
    ...rangeSentence(run, plain, ''),
    ...single
      .filter(hasRung)
      .flatMap(({ name, panels }) => rangeSentence(run, panels, families.length > 1 ? name : '')),
  ];
}

/**
 * The run in plain sentences: what all scenarios cost first, then a line a series. Costs of a series are told by their slopes: a range over all scenarios would be that of its
 * largest body.
 */
export function headlineOf(run: Run): string[] {
  if (run.plan.proveOnly) {
    const proven = run.arms.filter(({ status }) => status === 'valid');
    return [`${counted(proven.length, 'arm')} passed every proof; nothing was measured.`];
  }
  const families = familiesOf(run);
  const measured = families.flatMap(({ panels }) => panels.flatMap((panel) => panel.measured));
  if (measured.length === 0)
    return ['No arm of this run has a number that counts; the reasons are listed below.'];
  if (!run.plan.intervals) {
    const arms = counted(measured.length, 'arm');
    return [
      `${noticeOf(run)}. ${arms} ran and passed every check; the numbers show only that the bench works here.`,
    ];
  }
  const { apart, all } = pairCounts(run);
  const pairs =
    all === 0
      ? []
      : [`${apart.toLocaleString('en-US')} of ${counted(all, 'pair')} of arms can be told apart.`];
  const first = [...rangeSentences(run, families), ...pairs].join(' ');
  // A number and its unit stay on one line.
  return [...(first === '' ? [] : [first]), ...slopeSentences(run, families)].map((part) =>
    part.replaceAll(' µs', '\u00a0µs'),
  );
}
