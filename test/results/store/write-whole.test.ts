import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ExitCode, WriteError } from '../../../src/errors.js';
import { appendWhole, replaceWhole } from '../../../src/results/store/index.js';
import type { Writer } from '../../../src/results/store/write-whole.js';

let dir = '';
let path = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'filterbench-test-'));
  path = join(dir, 'lines.ndjson');
});
afterEach(() => rmSync(dir, { recursive: true }));

/** A disk with room for so many bytes: like a real one it takes a part, and refuses only then. */
function diskOf(room: number): Writer {
  let left = room;
  return {
    write(file, data, offset) {
      if (left === 0)
        throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
      const written = writeSync(file, data, offset, Math.min(left, data.length - offset));
      left -= written;
      return written;
    },
  };
}

function refusal(work: () => void): WriteError {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(WriteError);
    return error as WriteError;
  }
  throw new Error('it was written');
}

describe('a line that is appended', () => {
  it('is there wholly, after those before', () => {
    appendWhole(path, 'one\n');
    appendWhole(path, 'twø\n');
    expect(readFileSync(path, 'utf8')).toBe('one\ntwø\n');
  });

  it('is written on where the system takes it in parts', () => {
    appendWhole(path, 'a longer line\n', {
      write: (file, data, offset) => writeSync(file, data, offset, Math.min(3, data.length - offset)),
    });
    expect(readFileSync(path, 'utf8')).toBe('a longer line\n');
  });

  it.each([0, 1, 5])('leaves nothing of itself on a disk with room for %d bytes', (room) => {
    appendWhole(path, 'one\n');
    const error = refusal(() => appendWhole(path, 'another\n', diskOf(room)));
    expect(error.message).toBe(`${path} cannot be written: ENOSPC: no space left on device, write`);
    expect(error.next).toMatch(/make room/);
    expect(error.exitCode).toBe(ExitCode.gateFailed);
    expect(readFileSync(path, 'utf8')).toBe('one\n');
    appendWhole(path, 'another\n');
    expect(readFileSync(path, 'utf8')).toBe('one\nanother\n');
  });

  it('is refused by a device that is always full', () => {
    expect(refusal(() => appendWhole('/dev/full', 'line\n')).message).toMatch(
      /^\/dev\/full cannot be written: /,
    );
  });

  it('leaves no file open', () => {
    refusal(() => appendWhole(path, 'another\n', diskOf(0)));
    refusal(() => replaceWhole(path, 'another\n', diskOf(0)));
    const open = readdirSync('/proc/self/fd').filter((fd) => {
      try {
        return readlinkSync(`/proc/self/fd/${fd}`).startsWith(dir);
      } catch {
        return false;
      }
    });
    expect(open).toEqual([]);
  });
});

describe('a file that is replaced', () => {
  it('has the new text, and nothing is beside it', () => {
    writeFileSync(path, 'a much longer text than the new one\n');
    replaceWhole(path, 'new\n');
    expect(readFileSync(path, 'utf8')).toBe('new\n');
    expect(readdirSync(dir)).toEqual(['lines.ndjson']);
  });

  it.each([0, 2])(
    'has the old text where the disk has room for %d bytes, and nothing is beside it',
    (room) => {
      writeFileSync(path, 'old\n');
      const error = refusal(() => replaceWhole(path, 'new text\n', diskOf(room)));
      expect(error.message).toContain(`${path} cannot be written: ENOSPC`);
      expect(readFileSync(path, 'utf8')).toBe('old\n');
      expect(readdirSync(dir)).toEqual(['lines.ndjson']);
    },
  );

  it('never has half a text for whoever has it open', () => {
    writeFileSync(path, 'old\n');
    const file = openSync(path, 'r');
    try {
      replaceWhole(path, 'new\n');
      expect(readFileSync(file, 'utf8')).toBe('old\n');
    } finally {
      closeSync(file);
    }
  });

  it('is refused where a folder is in its place', () => {
    mkdirSync(path);
    expect(refusal(() => replaceWhole(path, 'new\n')).message).toContain('cannot be written: E');
    expect(readdirSync(dir)).toEqual(['lines.ndjson']);
  });
});
