import { rename, rm, writeFile } from 'node:fs/promises';
import { WriteError } from '../errors.js';

/** What to do where a part of a report cannot be written: nothing else is lost with it. */
export const noRoom =
  'make room on its disk, and see that its folder is writable; "filterbench report" on the run\'s folder makes a report again';

/**
 * Writes a file at once: whoever has it open, or is interrupted, sees the old one or the new one, never half of one.
 * @throws WriteError where it can't be written; the one of before stays then.
 */
export async function replaceFile(path: string, content: string | Buffer): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(temporary, content);
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw new WriteError(path, noRoom, cause);
  }
}
