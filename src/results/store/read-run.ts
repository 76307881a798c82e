import { createReadStream, existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { z } from 'zod';
import { BadInputError } from '../../errors.js';
import type { KeptLines } from '../analyse/index.js';
import {
  type Evidence,
  evidenceSchema,
  type Run,
  runSchema,
  type Sample,
  sampleSchema,
} from '../schema/index.js';
import { sliceTable } from '../slices/index.js';
import { evidenceKeeper } from './kept-evidence.js';
import { parseStored } from './parse-stored.js';
import { runFiles } from './run-folder.js';

export interface StoredRun {
  readonly run: Run;
  readonly samples: readonly Sample[];
  readonly evidence: readonly Evidence[];
}

/** A run as it is analysed: its lines are folded as they are read. */
export interface KeptRun extends KeptLines {
  readonly run: Run;
}

/**
 * Reads a run folder for analysis and checks every line of it; there may be more of them than the memory holds.
 * @throws BadInputError naming file, line and field.
 */
export async function readKept(dir: string): Promise<KeptRun> {
  const run = await readRunFile(join(dir, runFiles.run));
  const [slices, evidence] = [sliceTable(), evidenceKeeper()];
  await eachLine(join(dir, runFiles.samples), sampleSchema, slices.add);
  await eachLine(join(dir, runFiles.evidence), evidenceSchema, evidence.add);
  return { run, slices, evidence: evidence.kept };
}

/**
 * Reads a run folder as it is, all of it into memory, and checks every line of it.
 * @throws BadInputError naming file, line and field.
 */
export async function readRun(dir: string): Promise<StoredRun> {
  const [run, samples, evidence] = await Promise.all([
    readRunFile(join(dir, runFiles.run)),
    readLines(join(dir, runFiles.samples), sampleSchema),
    readEvidence(dir),
  ]);
  return { run, samples, evidence };
}

/**
 * Reads the evidence of a folder, whether or not it is a run.
 * @throws BadInputError naming file, line and field.
 */
export function readEvidence(dir: string): Promise<Evidence[]> {
  return readLines(join(dir, runFiles.evidence), evidenceSchema);
}

/** @throws BadInputError naming the file and the field. */
export async function readRunFile(path: string): Promise<Run> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new BadInputError(`${path} cannot be read`, 'give the folder of a run: it holds a run.json', error);
  }
  return parseStored(runSchema, text, path);
}

/** What a file's name ends with where it was compressed, as those of published runs are. */
export const compressed = '.gz';

/** The lines of a file of a run, compressed or not. */
export function linesOf(plain: string): AsyncIterable<string> {
  return createInterface({ input: open(whereIs(plain)), crlfDelay: Number.POSITIVE_INFINITY });
}

function whereIs(plain: string): string {
  return !existsSync(plain) && existsSync(plain + compressed) ? plain + compressed : plain;
}

async function readLines<T extends z.ZodType>(plain: string, schema: T): Promise<z.infer<T>[]> {
  const values: z.infer<T>[] = [];
  await eachLine(plain, schema, (value) => values.push(value));
  return values;
}

async function eachLine<T extends z.ZodType>(
  plain: string,
  schema: T,
  take: (value: z.infer<T>) => void,
): Promise<void> {
  const path = whereIs(plain);
  let number = 0;
  try {
    for await (const line of linesOf(plain)) {
      number += 1;
      take(parseStored(schema, line, `${path}:${number}`));
    }
  } catch (error) {
    if (error instanceof BadInputError) throw error;
    throw new BadInputError(`${path} cannot be read`, 'give the folder of a whole run', error);
  }
}

function open(path: string): Readable {
  const file = createReadStream(path);
  if (!path.endsWith(compressed)) return file;
  const lines = createGunzip();
  // A pipe passes no errors on.
  file.on('error', (error) => lines.destroy(error));
  return file.pipe(lines);
}
