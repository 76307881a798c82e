import type { z } from 'zod';
import { BadInputError } from '../../errors.js';
import { presentShape } from './older/index.js';

/**
 * Checks text that was stored against its schema; an older shape is brought to the present one first.
 * @param where the file, with the line where it has several
 * @throws BadInputError naming where and the field.
 */
export function parseStored<T extends z.ZodType>(schema: T, text: string, where: string): z.infer<T> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new BadInputError(`${where}: not valid JSON`, 'the run is damaged: measure it again', error);
  }
  const parsed = schema.safeParse(presentShape(value, where));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new BadInputError(
    `${where}: ${issue?.path.join('.')}: ${issue?.message}`,
    'the run is damaged, or another version of filterbench wrote it',
  );
}
