import { holm } from '../../stats/multiplicity.js';
import {
  type ArmOfRun,
  type ChangeDraft,
  draftChange,
  judgeChange,
  type Metric,
  notesOn,
  pairOf,
} from '../compare/index.js';
import type { Change, HistoryPoint, HistoryStep, Unlikeness } from '../schema/index.js';
import type { ArmLine } from './lines.js';
import { leastMoves, usualMove, usualMoveAboutTrend } from './usual.js';

/** What a line shows. */
const shownMetrics = ['totalCpuUs', 'throughputRatio'] as const satisfies readonly Metric[];
type Shown = (typeof shownMetrics)[number];

/** A line, and its points. */
export interface PointLine {
  readonly line: ArmLine;
  readonly points: readonly HistoryPoint[];
}

/** What a line changes by. */
export interface LineSteps {
  readonly steps: readonly HistoryStep[];
  /** From the oldest point to the newest; null where that is a step, or none. */
  readonly whole: HistoryStep | null;
}

/** The changes of each line, and how many tests were judged together. */
export interface Steps {
  readonly lines: readonly LineSteps[];
  readonly tests: number;
}

/**
 * What each line changes by from point to point, and from end to end, which a slow creep alone shows in. Judged as stored runs that are
 * compared: Welch over restarts, Holm over all steps of all lines, for they are read together, and beyond the noise floors of both runs.
 * A line of some length also knows how far it moves from day to day, and what is not well beyond that is no change.
 */
export function stepsOf(lines: readonly PointLine[], confidence: number): Steps {
  const drafts = lines.map((line) => draftsOf(line, confidence));
  const all = drafts
    .flatMap(({ steps, whole }) => (whole === null ? steps : [...steps, whole]))
    .flatMap(({ found }) => shownMetrics.map((metric) => found[metric]));
  const adjusted = holm(all.map(({ p }) => p));
  const adjustedOf = new Map(all.map((draft, index) => [draft, adjusted[index] ?? null]));
  const judged = (metric: Shown, draft: ChangeDraft, usual: number | null) =>
    unusual(metric, judgeChange(metric, draft, adjustedOf.get(draft) ?? null, 1 - confidence), usual);
  const judgedLines = drafts.map(({ steps, whole }): LineSteps => {
    const moves = (metric: Shown) => steps.map(({ found }) => moveOf(metric, found[metric].found.change));
    const [us, logs] = [moves('totalCpuUs'), moves('throughputRatio')];
    const judge = ({ found, notes, ...about }: StepDraft, usual: (moves: number[]) => number | null) => {
      const totalCpuUs = judged('totalCpuUs', found.totalCpuUs, usual(us));
      const throughputRatio = judged('throughputRatio', found.throughputRatio, usual(logs));
      const isSure = totalCpuUs.called || throughputRatio.called;
      return { ...about, notes: isSure ? notes() : [], totalCpuUs, throughputRatio };
    };
    return {
      steps: steps.map((step, index) => judge(step, (moves) => usualMove(moves, index))),
      whole: whole && judge(whole, usualMoveAboutTrend),
    };
  });
  return { lines: judgedLines, tests: adjusted.filter((p) => p !== null).length };
}

// Throughput is a factor: half and double are equally far.
function moveOf(metric: Shown, change: number): number {
  return metric === 'throughputRatio' ? Math.log(change) : change;
}

/** Takes a call back where the line moves as far without a reason. */
function unusual(metric: Shown, change: Change, usual: number | null): Change {
  const isUsual = usual !== null && Math.abs(moveOf(metric, change.change)) <= leastMoves * usual;
  return change.called && isUsual ? { ...change, called: false, uncalled: 'within-drift' } : change;
}

interface StepDraft extends Pick<HistoryStep, 'from' | 'to' | 'changed'> {
  readonly found: Readonly<Record<Shown, ChangeDraft>>;
  readonly notes: () => Unlikeness[];
}

interface LineDrafts {
  readonly steps: readonly StepDraft[];
  readonly whole: StepDraft | null;
}

function draftsOf({ line: { arms }, points }: PointLine, confidence: number): LineDrafts {
  const draft = (from: number, to: number) =>
    draftOf([arms[from], arms[to]], [points[from], points[to]], confidence);
  const steps = arms.slice(1).flatMap((_, index) => draft(index, index + 1) ?? []);
  return { steps, whole: steps.length < 2 ? null : draft(0, arms.length - 1) };
}

type Ends<T> = readonly [from: T | undefined, to: T | undefined];

function draftOf(
  [from, to]: Ends<ArmOfRun>,
  [before, after]: Ends<HistoryPoint>,
  confidence: number,
): StepDraft | null {
  if (from === undefined || to === undefined || before === undefined || after === undefined) return null;
  const runs = { from: from.run, to: to.run, confidence };
  const [totalCpuUs, throughputRatio] = shownMetrics.map((metric) =>
    draftChange(metric, pairOf(from, to), runs),
  );
  // A measured arm has both.
  if (!totalCpuUs || !throughputRatio) return null;
  return {
    ...{ from: from.run.id, to: to.run.id },
    changed: changedBetween(before, after),
    notes: () => notesOn(from.run, to.run),
    found: { totalCpuUs, throughputRatio },
  };
}

function changedBetween(from: HistoryPoint, to: HistoryPoint): Unlikeness[] {
  const envoy = ({ envoy: { version, sha256 } }: HistoryPoint) =>
    `${version} (${short(sha256 ?? 'unknown')})`;
  const [before, after] = [from, to].map(
    ({ files }) => new Map(files.map(({ path, sha256 }) => [path, short(sha256)])),
  );
  const paths = [...new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])];
  const all: Unlikeness[] = [
    { what: 'Envoy', from: envoy(from), to: envoy(to) },
    ...paths.map((what) => ({
      what,
      from: before?.get(what) ?? 'not used',
      to: after?.get(what) ?? 'not used',
    })),
  ];
  return all.filter((each) => each.from !== each.to);
}

function short(sha256: string): string {
  return sha256.slice(0, 12);
}
