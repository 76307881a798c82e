import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BadInputError } from '../../../src/errors.js';
import { mendLastLines, ownRunFolder } from '../../../src/results/store/index.js';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'filterbench-test-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

describe('a last line that is not whole is cut off, and nothing else', () => {
  it.each([
    ['', ''],
    ['{"a":1}\n', '{"a":1}\n'],
    ['{"a":1}\n{"b"', '{"a":1}\n'],
    ['{"a":1}\n{"b":2}', '{"a":1}\n'],
    ['{"a"', ''],
    [`{"a":1}\n${'x'.repeat(200_000)}`, '{"a":1}\n'],
    [`${'x'.repeat(65_535)}\n${'y'.repeat(65_536)}`, `${'x'.repeat(65_535)}\n`],
    ['x'.repeat(200_000), ''],
  ])('%#', (before, after) => {
    writeFileSync(join(dir, 'samples.ndjson'), before);
    writeFileSync(join(dir, 'evidence.ndjson'), 'whole\n');
    expect(mendLastLines(dir)).toEqual(before === after ? [] : ['samples.ndjson']);
    expect(readFileSync(join(dir, 'samples.ndjson'), 'utf8')).toBe(after);
    expect(readFileSync(join(dir, 'evidence.ndjson'), 'utf8')).toBe('whole\n');
  });

  it('of files that are there', () => {
    writeFileSync(join(dir, 'samples.ndjson.gz'), '');
    expect(() => mendLastLines(dir)).toThrow(BadInputError);
  });
});

describe('one process at a time writes to a run folder', () => {
  it('as long as it is alive', () => {
    const owner = ownRunFolder(dir);
    expect(() => ownRunFolder(dir)).toThrow(`being written by process ${process.pid}`);
    owner[Symbol.dispose]();
    ownRunFolder(dir)[Symbol.dispose]();
  });

  it('and one that was killed, or whose number another has since, is none', () => {
    for (const left of [
      '{"pid":1,"startTicks":"another"}',
      '{"pid":',
      '{"pid":999999999,"startTicks":"1"}',
    ]) {
      writeFileSync(join(dir, '.running.json'), left);
      ownRunFolder(dir)[Symbol.dispose]();
    }
  });
});
