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
    return unknownSchema(dir, text) ?? { dir, kind: 'damaged', reason: error.message };
  }
}

/** Null where the schema is known, or none is named. */
function unknownSchema(dir: string, text: string): LeftOut | null {
  const known = runSchema.shape.schema.value;
  try {
    const { schema } = parseStored(anySchema, text, runFiles.run);
    if (schema === known) return null;
    const reason = `its schema is ${schema}, and this version of filterbench reads ${known}`;
    return { dir, kind: 'unknown-schema', reason };
  } catch {
    return null;
  }
}

function isOfSystem(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error;
}
