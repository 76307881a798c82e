import { BadInputError } from '../../errors.js';
import type { DoneRestart } from '../../schedule/done-restart.js';
import { verdictOfFailure } from '../analyse/arm-status.js';
import {
  type Attempted,
  countingLines,
  type KeptLines,
  keyOf,
  keyOfLine,
  restartOf,
} from '../analyse/index.js';
import type { ArmIdentity, Evidence, EvidenceOf, Resumption } from '../schema/index.js';

/** What a plan restarts together. */
export interface PlaceOfArms {
  readonly scenario: string;
  readonly setting?: string;
  readonly arms: readonly ArmIdentity[];
}

/** A run that was cut off, sorted for going on with it. */
export interface TakenUp {
  /** Which resumption this is, from 1. */
  readonly attempt: number;
  /** Restarts that are whole, in the order in which they ended. */
  readonly done: readonly DoneRestart[];
  /** The lines of those. */
  readonly lines: KeptLines;
  /** Evidence that all other lines are abandoned; it is still to be written. */
  readonly marks: readonly EvidenceOf<'abandoned'>[];
  readonly abandoned: Resumption['abandoned'];
}

/**
 * Tells the restarts that are whole from what else a run has left.
 * @param stored what is kept of every line of its files
 * @param places in order of its plan
 * @throws BadInputError where its lines do not say which restarts are whole, or are of another plan.
 */
export function takeUp(
  stored: KeptLines,
  places: readonly PlaceOfArms[],
  resumptions: readonly Resumption[],
): TakenUp {
  const ends = stored.evidence.filter((item) => item.kind === 'restart-done');
  if (ends.length === 0 && stored.slices.cells.some(({ restart }) => restart > 0)) {
    throw new BadInputError(
      'the run does not say which of its restarts are whole: an older filterbench wrote it',
      'measure it again, without --resume',
    );
  }
  const counting = countingLines(stored);
  const whole = new Set(
    ends.flatMap((end) =>
      placeOf(places, end).arms.map(({ id }) => keyOf(id, end.restart, end.attempt ?? 0)),
    ),
  );
  const isStray = (line: Attempted | Evidence) =>
    !('kind' in line && line.kind === 'restart-done') &&
    restartOf(line) !== null &&
    !whole.has(keyOfLine(line));
  const strays = [...counting.evidence, ...counting.slices.cells].filter(isStray);
  const marks = new Map(strays.map((line) => [keyOfLine(line), markOf(line)]));
  const cutOff = [...marks.values()].map(({ arm, restart }) => `${restart ?? 0} ${placeIndex(places, arm)}`);
  return {
    attempt: 1 + Math.max(0, resumptions.length, ...attemptsOf(stored)),
    done: ends.map((end) => doneRestart(end, placeOf(places, end), counting.evidence)),
    lines: countingLines({
      slices: counting.slices,
      evidence: [...counting.evidence, ...marks.values()],
    }),
    marks: [...marks.values()],
    abandoned: [...new Set(cutOff)].flatMap((key) => {
      const [restart, index] = key.split(' ').map(Number);
      const place = places[index ?? -1];
      return place && restart !== undefined ? [{ ...nameOf(place), restart }] : [];
    }),
  };
}

function markOf(line: Attempted | Evidence): EvidenceOf<'abandoned'> {
  return {
    schema: 'filterbench/evidence@1',
    kind: 'abandoned',
    arm: line.arm,
    restart: restartOf(line),
    passed: true,
    problem: 'the run was cut off in this restart, which is driven again',
    ofAttempt: line.attempt ?? 0,
  };
}

function doneRestart(
  { place, restart, attempt, seconds, timeSpent }: EvidenceOf<'restart-done'>,
  about: PlaceOfArms,
  evidence: readonly Evidence[],
): DoneRestart {
  const keys = new Set(about.arms.map(({ id }) => keyOf(id, restart, attempt ?? 0)));
  const failures = evidence.filter((item) => !item.passed && keys.has(keyOfLine(item)));
  const armsOf = (items: readonly Evidence[]) => [...new Set(items.map(({ arm }) => arm))];
  const failed = armsOf(failures);
  const invalid = armsOf(failures.filter((item) => verdictOfFailure(item).status === 'invalid'));
  return { place, ...nameOf(about), restart: restart ?? 0, seconds, timeSpent, failed, invalid };
}

function placeOf(
  places: readonly PlaceOfArms[],
  { place, scenario }: EvidenceOf<'restart-done'>,
): PlaceOfArms {
  const found = places[place];
  if (found?.scenario === scenario) return found;
  throw new BadInputError(
    `the run has a restart of ${scenario} that its plan does not have`,
    'its files are damaged: measure it again, without --resume',
  );
}

function placeIndex(places: readonly PlaceOfArms[], arm: string): number {
  return places.findIndex(({ arms }) => arms.some(({ id }) => id === arm));
}

function nameOf({ scenario, setting }: PlaceOfArms): Pick<PlaceOfArms, 'scenario' | 'setting'> {
  return { scenario, ...(setting !== undefined && { setting }) };
}

function attemptsOf({ slices, evidence }: KeptLines): number[] {
  return [...new Set([...slices.cells, ...evidence].map(({ attempt }) => attempt ?? 0))];
}
