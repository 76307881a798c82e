import { closeSync, fstatSync, ftruncateSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { BadInputError } from '../../errors.js';
import { runFiles } from './run-folder.js';

/**
 * Cuts off the last line of a run's files where it is not whole: a run that was killed, or whose disk was full, may leave such a one.
 * @returns the files that had one.
 * @throws BadInputError where a file cannot be read and written.
 */
export function mendLastLines(dir: string): string[] {
  return [runFiles.samples, runFiles.evidence].filter((file) => mend(join(dir, file)));
}

function mend(path: string): boolean {
  let file: number;
  try {
    file = openSync(path, 'r+');
  } catch (error) {
    const next = 'give the folder of a run as it was left; what was compressed must be unpacked first';
    throw new BadInputError(`${path} cannot be read and written`, next, error);
  }
  try {
    const { size } = fstatSync(file);
    const whole = endOfLastLine(file, size);
    if (whole < size) ftruncateSync(file, whole);
    return whole < size;
  } finally {
    closeSync(file);
  }
}

const chunkBytes = 65_536;
const lineFeed = 10;

/** Where the last line that is whole ends; backwards from the end, for files can be large. */
function endOfLastLine(file: number, size: number): number {
  const buffer = Buffer.alloc(chunkBytes);
  for (let end = size; end > 0; end -= chunkBytes) {
    const begin = Math.max(0, end - chunkBytes);
    const length = readSync(file, buffer, 0, end - begin, begin);
    const found = buffer.subarray(0, length).lastIndexOf(lineFeed);
    if (found >= 0) return begin + found + 1;
  }
  return 0;
}
