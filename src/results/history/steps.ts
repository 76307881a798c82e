import { holm } from '../../stats/multiplicity.js';
import {
  type ChangeDraft,
  draftChange,
  judgeChange,
  type Metric,
  notesOn,
  pairOf,
} from '../compare/index.js';
import type { Change, HistoryPoint, HistoryStep, Unlikeness } from '../schema/index.js';
import type { ArmLine } from './lines.js';
import { leastMoves, usualMove } from './usual.js';

/** What a line shows. */
const shownMetrics = ['totalCpuUs', 'throughputRatio'] as const satisfies readonly Metric[];
type Shown = (typeof shownMetrics)[number];

/** A line, and its points. */
export interface PointLine {
  readonly line: ArmLine;
  readonly points: readonly HistoryPoint[];
}

/** The steps of each line, and how many tests were judged together. */
export interface Steps {
  readonly steps: readonly (readonly HistoryStep[])[];
  readonly tests: number;
}

/**
 * What each line changes by from point to point, judged as stored runs that are compared: Welch over restarts, Holm over all steps of
 * all lines, for they are read together, and beyond the noise floors of both runs. A line of some length also knows how far it moves from
 * day to day, and what is not well beyond that is no step.
 */
export function stepsOf(lines: readonly PointLine[], confidence: number): Steps {
  const drafts = lines.map(({ line, points }) => draftsOf(line, points, confidence));
  const all = drafts.flat().flatMap(({ found }) => shownMetrics.map((metric) => found[metric]));
  const adjusted = holm(all.map(({ p }) => p));
  const adjustedOf = new Map(all.map((draft, index) => [draft, adjusted[index] ?? null]));
  const judged = (metric: Shown, draft: ChangeDraft) =>
    judgeChange(metric, draft, adjustedOf.get(draft) ?? null, 1 - confidence);
  const steps = drafts.map((own) => {
    const changes = (metric: Shown) => own.map(({ found }) => scaled(metric, found[metric].found.change));
    const [us, logs] = [changes('totalCpuUs'), changes('throughputRatio')];
    return own.map(({ found, notes, ...about }, index): HistoryStep => {
      const totalCpuUs = unusual(judged('totalCpuUs', found.totalCpuUs), us, index);
      const throughputRatio = unusual(judged('throughputRatio', found.throughputRatio), logs, index);
      const isSure = totalCpuUs.called || throughputRatio.called;
      return { ...about, notes: isSure ? notes() : [], totalCpuUs, throughputRatio };
    });
  });
  return { steps, tests: adjusted.filter((p) => p !== null).length };
}

// Throughput is a factor: half and double are equally far.
function scaled(metric: Shown, change: number): number {
  return metric === 'throughputRatio' ? Math.log(change) : change;
}

/** Takes a call back where the line moves as far without a reason. */
function unusual(change: Change, changes: readonly number[], index: number): Change {
  const usual = usualMove(changes, index);
  const isUsual = usual !== null && Math.abs(changes[index] ?? 0) <= leastMoves * usual;
  return change.called && isUsual ? { ...change, called: false, uncalled: 'within-drift' } : change;
}

interface StepDraft extends Pick<HistoryStep, 'from' | 'to' | 'changed'> {
  readonly found: Readonly<Record<Shown, ChangeDraft>>;
  readonly notes: () => Unlikeness[];
}

function draftsOf({ arms }: ArmLine, points: readonly HistoryPoint[], confidence: number): StepDraft[] {
  return arms.slice(1).flatMap((to, index): StepDraft[] => {
    const from = arms[index];
    const [before, after] = [points[index], points[index + 1]];
    if (from === undefined || before === undefined || after === undefined) return [];
    const runs = { from: from.run, to: to.run, confidence };
    const [totalCpuUs, throughputRatio] = shownMetrics.map((metric) =>
      draftChange(metric, pairOf(from, to), runs),
    );
    // A measured arm has both.
    if (!totalCpuUs || !throughputRatio) return [];
    return [
      {
        ...{ from: from.run.id, to: to.run.id },
        changed: changedBetween(before, after),
        notes: () => notesOn(from.run, to.run),
        found: { totalCpuUs, throughputRatio },
      },
    ];
  });
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
