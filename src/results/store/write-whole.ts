import {
  closeSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { WriteError } from '../../errors.js';

const next =
  'make room on its disk, or end what made it read-only; what was measured before is kept, and "filterbench report" on its folder shows it';

/** The part of a file system that a test puts another in place of. */
export interface Writer {
  /** Like `fs.writeSync`: it may write less than all, as a full disk does. */
  write(file: number, data: Buffer, offset: number): number;
}

const disk: Writer = { write: (file, data, offset) => writeSync(file, data, offset) };

/**
 * Appends lines, all of them or nothing: where the disk is full the part that found room is cut off again, so that the file is whole.
 * @throws WriteError
 */
export function appendWhole(path: string, lines: string, writer: Writer = disk): void {
  guarded(path, () => {
    // O_APPEND, and one write where there is room: a kill falls between lines, never into one.
    const file = openSync(path, 'a');
    try {
      const { size } = fstatSync(file);
      try {
        writeAll(file, lines, writer);
      } catch (error) {
        ftruncateSync(file, size);
        throw error;
      }
    } finally {
      closeSync(file);
    }
  });
}

/**
 * Puts a text in a file's place at once: it is written beside it, and has its name only when it is on disk.
 * @throws WriteError where it cannot; the file is as it was then, and nothing is left beside it.
 */
export function replaceWhole(path: string, text: string, writer: Writer = disk): void {
  guarded(path, () => {
    const beside = join(dirname(path), `.${basename(path)}.${process.pid}`);
    try {
      const file = openSync(beside, 'w');
      try {
        writeAll(file, text, writer);
        // A file system may find out only now that it has no room; the old text must be there still.
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      renameSync(beside, path);
    } catch (error) {
      rmSync(beside, { force: true });
      throw error;
    }
  });
}

function writeAll(file: number, text: string, { write }: Writer): void {
  const data = Buffer.from(text);
  for (let done = 0; done < data.length; ) done += write(file, data, done);
}

function guarded(path: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    throw new WriteError(path, next, error);
  }
}
