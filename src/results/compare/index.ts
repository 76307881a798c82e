import { BadInputError } from '../../errors.js';
import type {
  ComparedRun,
  RegressionLimit,
  Run,
  RunChanges,
  RunComparison,
  Unlikeness,
} from '../schema/index.js';
import { changedBetween } from './changed.js';
import { gateOf } from './gate.js';
import { judge } from './judge.js';
import { notesOn, unlikenesses } from './likeness.js';
import { type MatchedArms, matchArms } from './match-arms.js';

export { type ChangeDraft, draftChange, judgeChange, type Metric, metrics, sizeOf } from './change.js';
export { likenessOf, notesOn } from './likeness.js';
export { type ArmOfRun, baselineOf, type MeasuredArm, measuredArms, pairOf } from './match-arms.js';

/** A run, and the folder that it was read from. */
export interface RunAt {
  readonly dir: string;
  readonly run: Run;
}

/** How runs are compared. */
export interface CompareOptions {
  /** Compare unlike runs all the same; what comes out says so. */
  readonly force: boolean;
  /** What regression fails; null: none. */
  readonly failOn: RegressionLimit | null;
}

/**
 * Holds stored runs against the first of them, arm by arm. Runs are independent, so each number has a Welch interval over restarts; all
 * numbers of all arms of all runs are one family (Holm), for they are read together. Pure.
 * @throws BadInputError where a run is there twice, where runs are unlike and it is not forced, where they have no arm in common, or
 * where `failOn` could judge nothing.
 */
export function compareRuns(runs: readonly RunAt[], { force, failOn }: CompareOptions): RunComparison {
  const [first, ...others] = runs;
  if (first === undefined || others.length === 0)
    throw new BadInputError('one run is compared with nothing', 'give the folders of two runs or more');
  refuseTwice(runs);
  const confidence = Math.max(...runs.map(({ run }) => run.plan.confidence));
  const named = others.map(({ run }, index) => ({ name: runName(index + 1), run }));
  const unlike = named.map(({ run }) => unlikenesses(first.run, run));
  if (!force) refuseUnlike(named.map(({ name }, index) => ({ name, unlike: unlike[index] ?? [] })));
  const matched = named.map(({ name, run }) => ({ run, ...matchedOrRefused(name, first.run, run) }));
  const { changes, tests } = judge(first.run, matched, confidence);
  const found = named.map(
    ({ name, run }, index): RunChanges => ({
      run: name,
      unlike: unlike[index] ?? [],
      notes: notesOn(first.run, run),
      changed: changedBetween(first.run, run),
      baselines: [...(matched[index]?.baselines ?? [])],
      arms: changes[index] ?? [],
      unmatched: [...(matched[index]?.unmatched ?? [])],
    }),
  );
  return {
    schema: 'filterbench/compare@1',
    confidence,
    forced: unlike.some((list) => list.length > 0),
    tests,
    runs: runs.map(aboutRun),
    others: found,
    gate: failOn && gateOf(found, failOn),
  };
}

/** A, B, C …, then by number. */
function runName(index: number): string {
  return index < 26 ? String.fromCharCode('A'.charCodeAt(0) + index) : `run ${index + 1}`;
}

function aboutRun({ dir, run }: RunAt, index: number): ComparedRun {
  const { id, startedAt, status, filterbench, profile, seed, envoys, noiseFloor, rungNoiseFloors } = run;
  return {
    ...{ name: runName(index), dir, id, startedAt, status, filterbench, profile, seed },
    ...{ envoys, noiseFloor, rungNoiseFloors },
  };
}

function matchedOrRefused(name: string, from: Run, to: Run): MatchedArms {
  const matched = matchArms(from, to);
  if (matched.pairs.length > 0) return matched;
  throw new BadInputError(
    `A and ${name} have no arm in common that has numbers in both`,
    'compare runs of the same scenarios, mechanisms and runtime',
  );
}

function refuseTwice(runs: readonly RunAt[]): void {
  for (const [index, { run }] of runs.entries()) {
    const before = runs.findIndex((other) => other.run.id === run.id);
    if (before === index) continue;
    throw new BadInputError(
      `${runName(before)} and ${runName(index)} are the same run: ${run.id}`,
      'give the folders of runs that were measured apart',
    );
  }
}

function refuseUnlike(runs: readonly { name: string; unlike: readonly Unlikeness[] }[]): void {
  const lines = runs.flatMap(({ name, unlike }) =>
    unlike.map(({ what, from, to }) => `  ${what}: A has ${from}; ${name} has ${to}`),
  );
  if (lines.length === 0) return;
  throw new BadInputError(
    `unlike runs cannot be compared:\n${lines.join('\n')}`,
    'measure both alike, in one place; --force compares them all the same, and marks what comes out',
  );
}
