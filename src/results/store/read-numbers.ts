import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { BadInputError } from '../../errors.js';
import { type LeftOut, type Run, runSchema } from '../schema/index.js';
import { parseStored } from './parse-stored.js';
import { runFiles } from './run-folder.js';

// Half of a large run.json is pairs, slopes and verdicts: a reader of many runs has neither time nor memory for them.
const { comparisons: _, slopes: __, verdicts: ___, versionChanges: ____, ...kept } = runSchema.shape;
const numbersSchema = z.object(kept);
const anySchema = z.object({ schema: z.string() });

/**
 * Reads what the run.json of a folder tells of its arms: numbers as they were written, not made again from samples. Its comparisons,
 * slopes and verdicts are left empty.
 * @returns why not, where it can't be read
 */
export async function readNumbers(dir: string): Promise<Run | LeftOut> {
  let text = '';
  try {
    text = await readFile(join(dir, runFiles.run), 'utf8');
    const numbers = parseStored(numbersSchema, text, runFiles.run);
    return { ...numbers, comparisons: [], slopes: [], verdicts: [] };
  } catch (error) {
    if (!(error instanceof BadInputError) && !isOfSystem(error)) throw error;
    return { dir, kind: isOfAnotherSchema(text) ? 'unknown-schema' : 'damaged', reason: error.message };
  }
}

function isOfAnotherSchema(text: string): boolean {
  try {
    return anySchema.parse(JSON.parse(text)).schema !== runSchema.shape.schema.value;
  } catch {
    return false;
  }
}

function isOfSystem(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error;
}
