import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { BadInputError } from '../../errors.js';
import type { Evidence, Run, Sample } from '../schema/index.js';
import { appendWhole, replaceWhole } from './write-whole.js';

export const runFiles = { run: 'run.json', samples: 'samples.ndjson', evidence: 'evidence.ndjson' } as const;

/** A run folder that is being written. */
export interface RunFolder {
  readonly dir: string;
  /**
   * Appends one whole line; what was written stays, whatever happens next.
   * @throws WriteError where there is no room; nothing of the line is left then, and a later one is written again.
   */
  sample(sample: Sample): void;
  evidence(evidence: Evidence): void;
  writeRun(run: Run): void;
}

const next = 'give another folder with --out';

/**
 * Finds out early whether a run can be written to a folder, and leaves nothing in it.
 * @throws BadInputError where it can't be, or holds a run already.
 */
export function checkRunFolder(dir: string): void {
  requireWritable(dir);
  const taken = Object.values(runFiles).find((file) => existsSync(join(dir, file)));
  if (taken !== undefined) throw new BadInputError(`${dir} holds a run already: ${taken}`, next);
}

/**
 * Makes a folder, with its parents, and finds out whether it can be written to; nothing is left in it.
 * @throws BadInputError where it can't be.
 */
export function requireWritable(dir: string): void {
  try {
    makeFolder(dir);
    accessSync(dir, constants.W_OK);
    const probe = join(dir, `.filterbench-${process.pid}`);
    writeFileSync(probe, '', { flag: 'wx' });
    rmSync(probe);
  } catch (error) {
    throw new BadInputError(`${dir} cannot be written: ${messageOf(error)}`, next, error);
  }
}

/**
 * Makes a run folder. A folder that holds a run already is refused: nothing that was measured is overwritten.
 * @throws BadInputError where it can't be made or written.
 */
export function createRunFolder(dir: string): RunFolder {
  checkRunFolder(dir);
  for (const file of [runFiles.samples, runFiles.evidence]) closeSync(openSync(join(dir, file), 'wx'));
  return openRunFolder(dir);
}

/**
 * Opens a run folder, to write on at the end of its files.
 * @param attempt which resumption writes, from 1: every line says it; undefined where it is none
 */
export function openRunFolder(dir: string, attempt?: number): RunFolder {
  const mark = attempt === undefined ? {} : { attempt };
  return {
    dir,
    sample: (sample) => appendLines(join(dir, runFiles.samples), [{ ...sample, ...mark }]),
    evidence: (evidence) => appendLines(join(dir, runFiles.evidence), [{ ...evidence, ...mark }]),
    writeRun: (run) => writeRunFile(dir, run),
  };
}

/** Where a command keeps evidence that is of no run. */
export interface EvidenceFile {
  /** Absolute; null where nothing is kept. */
  readonly path: string | null;
  /** Adds lines at once: an interrupt loses none of them. @throws WriteError where there is no room. */
  append(...evidence: readonly Evidence[]): void;
}

/**
 * Opens the evidence of a folder to be written, without a run. The file is there once something is.
 * @param dir undefined: nothing is kept
 * @throws BadInputError where the folder can't be written, or holds a run already.
 */
export function openEvidenceFile(dir: string | undefined): EvidenceFile {
  if (dir === undefined) return { path: null, append: () => {} };
  const folder = resolve(dir);
  checkRunFolder(folder);
  const path = join(folder, runFiles.evidence);
  return { path, append: (...evidence) => appendLines(path, evidence) };
}

function appendLines(path: string, lines: readonly (Sample | Evidence)[]): void {
  appendWhole(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
}

/**
 * Replaces run.json at once: a reader never sees half of it.
 * @throws WriteError where there is no room; the one of before stays then.
 */
export function writeRunFile(dir: string, run: Run): void {
  replaceWhole(join(dir, runFiles.run), `${JSON.stringify(run, null, 2)}\n`);
}

// Node's own recursive mkdir never returns where the system makes no folders, such as in /proc.
function makeFolder(dir: string): void {
  if (existsSync(dir)) return;
  makeFolder(dirname(dir));
  mkdirSync(dir);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
