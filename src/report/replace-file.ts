import { rename, rm, writeFile } from 'node:fs/promises';
import { FailedError } from '../errors.js';

/**
 * Writes a file at once: whoever has it open, or is interrupted, sees the old one or the new one, never half of one.
 * @throws FailedError where it can't be written.
 */
export async function replaceFile(path: string, content: string | Buffer): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(temporary, content);
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw new FailedError(
      `cannot write ${path}`,
      'check that the run folder is writable and the disk has room',
      cause,
    );
  }
}
