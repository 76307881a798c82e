import { readFile } from 'node:fs/promises';
import { BadInputError } from '../../errors.js';
import { type Compat, compatSchema } from '../schema/index.js';
import { parseStored } from './parse-stored.js';

/** What `filterbench compat --out` names its matrix. */
export const compatFile = 'compat.json';

/**
 * Reads a matrix of compatibility.
 * @throws BadInputError naming the file and the field.
 */
export async function readCompat(path: string): Promise<Compat> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new BadInputError(`${path} cannot be read`, 'give what "filterbench compat --out" wrote', error);
  }
  return parseStored(compatSchema, text, path);
}
