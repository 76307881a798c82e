import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { BadInputError } from '../../errors.js';
import { shellLine } from '../../report/format/text.js';
import type { Run } from '../../results/schema/index.js';
import { readRunFile, requireNoOwner, runFiles } from '../../results/store/index.js';

/** A bench of an earlier try that was cut off, or that ended and was not yet put in its place. */
export interface UnfinishedBench {
  readonly dir: string;
  readonly isComplete: boolean;
}

/**
 * Finds what an earlier try for the same claims left of its bench.
 * @param out where the whole bench will be
 * @param asked the bench's words now, but for where it writes and its budget: it goes on with the one that it was begun with
 * @returns null where there is nothing to go on with.
 * @throws BadInputError where there is one, but of another plan, or another process that is alive writes it.
 */
export async function findUnfinishedBench(
  out: string,
  asked: readonly string[],
): Promise<UnfinishedBench | null> {
  const found = await unfinishedIn(out);
  const same = found.find(({ run }) => isSamePlan(run, asked));
  if (same) {
    requireNoOwner(same.dir);
    return { dir: same.dir, isComplete: same.run.status === 'complete' };
  }
  const [other] = found;
  if (!other) return null;
  const dir = relative('.', other.dir);
  throw new BadInputError(
    `${dir} holds a bench that was cut off, and it is of another plan: "${shellLine(planWords(other.run.command))}", and not "${shellLine(planWords(asked))}"`,
    `give the flags that it was begun with, to go on with it; or another --out; or measure anew, without it: rm -r ${shellLine([dir])}`,
  );
}

/** What folders of unfinished work begin with. */
export function unfinishedPrefix(out: string): string {
  return `${out}-unfinished-`;
}

/** The latest first; those that were cut off before they had a run.json hold nothing. */
async function unfinishedIn(out: string): Promise<{ dir: string; run: Run }[]> {
  const prefix = basename(unfinishedPrefix(out));
  const runs = readdirSync(dirname(out))
    .filter((name) => name.startsWith(prefix))
    .map((name) => join(dirname(out), name))
    .filter((dir) => existsSync(join(dir, runFiles.run)))
    .map((dir) => ({ dir, atMs: statSync(join(dir, runFiles.run)).mtimeMs }))
    .toSorted((a, b) => b.atMs - a.atMs);
  return Promise.all(runs.map(async ({ dir }) => ({ dir, run: await readRunFile(join(dir, runFiles.run)) })));
}

function isSamePlan({ command }: Run, asked: readonly string[]): boolean {
  return planWords(command).join('\n') === planWords(asked).join('\n');
}

// What says nothing of the plan that an unfinished bench goes on with: where it writes, and what was left of the time for everything.
const besidePlan = ['--out', '--budget'];
const besidePlanAlone = ['--verbose', '--json', '--no-config'];

function planWords(command: readonly string[]): string[] {
  return command.filter(
    (word, index) =>
      !besidePlan.includes(word) &&
      !besidePlanAlone.includes(word) &&
      !besidePlan.includes(command[index - 1] ?? ''),
  );
}
