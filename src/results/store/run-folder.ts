import { appendFileSync, closeSync, mkdirSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BadInputError } from '../../errors.js';
import type { Evidence, Run, Sample } from '../schema/index.js';

export const runFiles = { run: 'run.json', samples: 'samples.ndjson', evidence: 'evidence.ndjson' } as const;

/** A run folder that is being written. */
export interface RunFolder {
  readonly dir: string;
  /** Appends one whole line; what was written stays, whatever happens next. */
  sample(sample: Sample): void;
  evidence(evidence: Evidence): void;
  /** Replaces run.json at once: a reader never sees half of it. */
  writeRun(run: Run): void;
}

/**
 * Makes a run folder. A folder that holds a run already is refused: nothing that was measured is overwritten.
 * @throws BadInputError where it can't be made or written.
 */
export function createRunFolder(dir: string): RunFolder {
  try {
    mkdirSync(dir, { recursive: true });
    for (const file of [runFiles.samples, runFiles.evidence]) closeSync(openSync(join(dir, file), 'wx'));
  } catch (error) {
    throw new BadInputError(describe(dir, error), 'give another folder with --out', error);
  }
  // One write of a whole line with O_APPEND: an interrupt falls between lines, never into one.
  const append = (file: string, value: unknown) =>
    appendFileSync(join(dir, file), `${JSON.stringify(value)}\n`);
  return {
    dir,
    sample: (sample) => append(runFiles.samples, sample),
    evidence: (evidence) => append(runFiles.evidence, evidence),
    writeRun(run) {
      const temporary = join(dir, `.${runFiles.run}.${process.pid}`);
      writeFileSync(temporary, `${JSON.stringify(run, null, 2)}\n`);
      renameSync(temporary, join(dir, runFiles.run));
    },
  };
}

function describe(dir: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EEXIST') return `${dir} holds a run already`;
  return `${dir} cannot be written: ${error instanceof Error ? error.message : error}`;
}
