import {
  analyse,
  analyseLines,
  type KeptLines,
  type PlannedArm,
  placeText,
  type RunHeader,
} from '../analyse/index.js';
import type { Resumption, Run, Warning } from '../schema/index.js';
import type { TakenUp } from './take-up.js';

/** A run that was cut off, as it is stored. */
export interface StoredCut {
  readonly run: Run;
  readonly lines: KeptLines;
  readonly planned: readonly PlannedArm[];
}

/**
 * What is known of a run that is gone on with: it stays what it was when it began, and says that it was resumed.
 * @param found what was seen of the machine now
 */
export function resumedHeader(
  stored: StoredCut,
  taken: TakenUp,
  at: Date,
  found: readonly Warning[],
): RunHeader {
  const resumption: Resumption = {
    attempt: taken.attempt,
    at: at.toISOString(),
    restartsDone: taken.done.length,
    abandoned: taken.abandoned,
  };
  return {
    ...stored.run,
    status: 'interrupted',
    finishedAt: null,
    resumptions: [...(stored.run.resumptions ?? []), resumption],
    warnings: [...foundBefore(stored), ...found, warningOf(resumption, taken)],
  };
}

function warningOf({ at, restartsDone }: Resumption, { done, abandoned }: TakenUp): Warning {
  const last = done.at(-1);
  const after = last
    ? `after ${nameOf(last)}, the last of ${restartsDone} whole restarts`
    : 'from its beginning';
  const again = abandoned.map(nameOf).join(' and ');
  return {
    code: 'resumed',
    message: `the run was cut off, and went on at ${at} ${after}${again && `; ${again} was driven again`}`,
    next: 'trust its numbers if the machine did the same work before and after; else measure again in one go',
  };
}

function nameOf({ scenario, setting, restart }: Resumption['abandoned'][number]): string {
  return `restart ${restart + 1} of ${placeText(scenario, setting)}`;
}

// What the samples show is found again in the end; of half a run it would be wrong then.
function foundBefore({ run, lines, planned }: StoredCut): Warning[] {
  const bare: RunHeader = { ...run, warnings: [] };
  const shown = [...analyse(bare, planned, [], []).warnings, ...analyseLines(bare, planned, lines).warnings];
  const texts = new Set(shown.map(textOf));
  return run.warnings.filter((warning) => !texts.has(textOf(warning)));
}

function textOf({ code, message }: Warning): string {
  return `${code} ${message}`;
}
