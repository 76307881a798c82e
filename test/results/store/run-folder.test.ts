import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BadInputError, ExitCode } from '../../../src/errors.js';
import { analyse } from '../../../src/results/analyse/index.js';
import type { EvidenceOf } from '../../../src/results/schema/index.js';
import { createRunFolder, openEvidenceFile } from '../../../src/results/store/index.js';
import { fakeHeader, fakePlan, planned } from '../../schedule/fixture-plan.js';
import { sampleOf } from './fixture-sample.js';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'filterbench-test-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const run = () => analyse(fakeHeader(fakePlan()), planned(), [], []);

function refusal(path: string): BadInputError {
  try {
    createRunFolder(path);
  } catch (error) {
    expect(error).toBeInstanceOf(BadInputError);
    return error as BadInputError;
  }
  throw new Error(`${path} was taken`);
}

describe('a new run folder', () => {
  it('is made with its parents, and holds the empty logs from the start', () => {
    const path = join(dir, 'a', 'b');
    const folder = createRunFolder(path);
    expect(folder.dir).toBe(path);
    expect(readdirSync(path).toSorted()).toEqual(['evidence.ndjson', 'samples.ndjson']);
  });

  it('may be one that is there, with files of another kind in it', () => {
    writeFileSync(join(dir, 'notes.txt'), 'mine');
    createRunFolder(dir);
    expect(readFileSync(join(dir, 'notes.txt'), 'utf8')).toBe('mine');
  });

  it('gets a whole line a sample, at once', () => {
    const folder = createRunFolder(join(dir, 'run'));
    const lines = () => readFileSync(join(folder.dir, 'samples.ndjson'), 'utf8').split('\n');
    folder.sample(sampleOf({ round: 0 }));
    expect(JSON.parse(lines()[0]!)).toEqual(sampleOf({ round: 0 }));
    folder.sample(sampleOf({ round: 1, badExample: 'two\nlines' }));
    expect(lines()).toHaveLength(3);
    expect(lines().at(-1)).toBe('');
  });

  it('replaces run.json as a whole, and leaves nothing beside it', () => {
    const folder = createRunFolder(join(dir, 'run'));
    const path = join(folder.dir, 'run.json');
    folder.writeRun({ ...run(), status: 'interrupted' });
    expect(JSON.parse(readFileSync(path, 'utf8')).status).toBe('interrupted');
    folder.writeRun({ ...run(), status: 'complete' });
    expect(JSON.parse(readFileSync(path, 'utf8')).status).toBe('complete');
    expect(readdirSync(folder.dir).toSorted()).toEqual(['evidence.ndjson', 'run.json', 'samples.ndjson']);
  });
});

describe('evidence without a run', () => {
  const found: EvidenceOf<'start'> = {
    schema: 'filterbench/evidence@1',
    arm: 'any',
    restart: 0,
    kind: 'start',
    passed: true,
    problem: null,
    startMs: 1,
  };

  it('gets whole lines at once, in a folder that is made for it', () => {
    const { path, append } = openEvidenceFile(join(dir, 'a', 'b'));
    expect(path).toBe(join(dir, 'a', 'b', 'evidence.ndjson'));
    expect(existsSync(path!)).toBe(false);
    append(found);
    append({ ...found, startMs: 2 }, { ...found, startMs: 3 });
    const lines = readFileSync(path!, 'utf8').split('\n');
    expect(lines.pop()).toBe('');
    expect(lines.map((line) => JSON.parse(line))).toEqual(
      [1, 2, 3].map((startMs) => ({ ...found, startMs })),
    );
  });

  it('is not put beside what is there', () => {
    openEvidenceFile(dir).append(found);
    expect(() => openEvidenceFile(dir)).toThrow(`${dir} holds a run already: evidence.ndjson`);
  });

  it('is kept nowhere without a folder', () => {
    const { path, append } = openEvidenceFile(undefined);
    append(found);
    expect(path).toBeNull();
    expect(readdirSync(dir)).toEqual([]);
  });
});

describe('a folder is refused', () => {
  it('where it holds a run: nothing that was measured is overwritten', () => {
    const folder = createRunFolder(join(dir, 'run'));
    folder.sample(sampleOf());
    const before = readFileSync(join(folder.dir, 'samples.ndjson'), 'utf8');
    const error = refusal(folder.dir);
    expect(error.message).toBe(`${folder.dir} holds a run already: samples.ndjson`);
    expect(error.exitCode).toBe(ExitCode.badInput);
    expect(error.next).toContain('--out');
    expect(readFileSync(join(folder.dir, 'samples.ndjson'), 'utf8')).toBe(before);
  });

  it('where a file stands in its place, or in its way', () => {
    const file = join(dir, 'file');
    writeFileSync(file, 'mine');
    expect(refusal(join(file, 'run')).message).toContain(`${join(file, 'run')} cannot be written: ENOTDIR`);
    expect(refusal(file).exitCode).toBe(ExitCode.badInput);
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });

  it('where the system lets nobody write, not even root', () => {
    for (const path of ['/proc/self', '/proc/self/fd', '/dev/null/run']) {
      const error = refusal(path);
      expect(error.message).toMatch(new RegExp(`^${path} cannot be written: E`));
      expect(error.exitCode).toBe(ExitCode.badInput);
    }
  });

  it('where only run.json of a run is left', () => {
    writeFileSync(join(dir, 'run.json'), JSON.stringify(run()));
    refusal(dir);
  });

  it('for the reason that is true', () => {
    const file = join(dir, 'file');
    writeFileSync(file, 'mine');
    expect(refusal(file).message).not.toContain('holds a run already');
  });

  it('without a trace', () => {
    mkdirSync(join(dir, 'half'));
    writeFileSync(join(dir, 'half', 'evidence.ndjson'), '');
    refusal(join(dir, 'half'));
    expect(readdirSync(join(dir, 'half'))).toEqual(['evidence.ndjson']);
  });
});
