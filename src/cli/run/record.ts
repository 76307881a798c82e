import { join } from 'node:path';
import { BadInputError } from '../../errors.js';
import type { PlannedArm, RunHeader } from '../../results/analyse/index.js';
import { differencesFrom, resumedHeader, takeUp } from '../../results/resume/index.js';
import type { Run } from '../../results/schema/index.js';
import {
  createRunFolder,
  mendLastLines,
  openRunFolder,
  ownRunFolder,
  type Recorder,
  readKept,
  readRunFile,
  recordRun,
  runFiles,
} from '../../results/store/index.js';
import type { DoneRestart } from '../../schedule/done-restart.js';
import type { Plan } from '../../schedule/plan.js';

/** What a record is begun with. */
export interface RecordRequest {
  readonly dir: string;
  /** What is known of the run by the command and this machine. */
  readonly header: RunHeader;
  readonly plan: Plan;
  readonly planned: readonly PlannedArm[];
  /** What else is made of the results, before they are written. */
  readonly finish: ((run: Run) => Run) | undefined;
}

/** A run folder that is being written by this process alone, until it is disposed of. */
export interface RunRecord extends Disposable {
  readonly recorder: Recorder;
  /** Which resumption this is; 0 where the run begins. */
  readonly attempt: number;
  /** Restarts that are in it already. */
  readonly done: readonly DoneRestart[];
}

/**
 * Begins the record of a new run.
 * @throws BadInputError where its folder cannot be written, or holds a run.
 */
export function beginRecord({ dir, header, planned, finish }: RecordRequest): RunRecord {
  const folder = createRunFolder(dir);
  const owner = ownRunFolder(dir);
  const recorder = recordRun(folder, header, planned, finish);
  recorder.write('interrupted', null);
  return { recorder, attempt: 0, done: [], [Symbol.dispose]: () => owner[Symbol.dispose]() };
}

/**
 * Goes on with the record of a run that was cut off: what belongs to no whole restart is marked as abandoned.
 * @throws BadInputError where it is complete, is being written, or is of another plan, machine, Envoy or filter; nothing of it is changed
 * then. Also where it is damaged.
 */
export async function resumeRecord(request: RecordRequest, say: (text: string) => void): Promise<RunRecord> {
  const { dir, header, plan, planned, finish } = request;
  const owner = ownRunFolder(dir);
  try {
    const run = await readRunFile(join(dir, runFiles.run));
    requireUnfinished(dir, run);
    requireSame(dir, run, header, planned);
    for (const file of mendLastLines(dir)) say(`${file} ended within a line, which was cut off`);
    const { run: _run, ...stored } = await readKept(dir);
    const taken = takeUp(stored, plan.scenarios, run.resumptions ?? []);
    const resumed = resumedHeader({ run, lines: stored, planned }, taken, new Date(), header.warnings);
    const folder = openRunFolder(dir, taken.attempt);
    for (const mark of taken.marks) folder.evidence(mark);
    folder.writeRun({ ...run, ...resumed });
    for (const { message } of resumed.warnings.slice(-1)) say(message);
    return {
      recorder: recordRun(folder, resumed, planned, finish, taken.lines),
      attempt: taken.attempt,
      done: taken.done,
      [Symbol.dispose]: () => owner[Symbol.dispose](),
    };
  } catch (error) {
    owner[Symbol.dispose]();
    throw error;
  }
}

/** @throws BadInputError where a run is complete. */
export function requireUnfinished(dir: string, { status }: Run): void {
  if (status !== 'complete') return;
  throw new BadInputError(
    `${dir} is complete: there is nothing to go on with`,
    `see its report, or make it again: filterbench report ${dir}`,
  );
}

function requireSame(dir: string, run: Run, header: RunHeader, planned: readonly PlannedArm[]): void {
  const differences = differencesFrom(run, header, planned);
  if (differences.length === 0) return;
  throw new BadInputError(
    `${dir} cannot be gone on with, for not all is as it was: ${differences.join('; ')}`,
    'go on where it was begun, with the same Envoy and filters; or measure it again, without --resume',
  );
}
