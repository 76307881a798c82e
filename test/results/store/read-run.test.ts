import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BadInputError } from '../../../src/errors.js';
import { analyse } from '../../../src/results/analyse/index.js';
import type { Evidence } from '../../../src/results/schema/index.js';
import { createRunFolder, readRun } from '../../../src/results/store/index.js';
import { fakeHeader, fakePlan, planned } from '../../schedule/fixture-plan.js';
import { sampleOf } from './fixture-sample.js';

const start: Evidence = {
  schema: 'filterbench/evidence@1',
  kind: 'start',
  arm: 'headers/lua@1.40.0',
  restart: 0,
  passed: true,
  problem: null,
  startMs: 120,
};
const unloaded = { loop: 'closed', connections: 1, workers: 1 } as const;
const samples = [0, 1, 2].map((round) => sampleOf({ round }));
const run = analyse(fakeHeader(fakePlan()), planned(), samples, [start]);

let parent = '';
let dir = '';
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'filterbench-test-'));
  dir = join(parent, 'run');
  const folder = createRunFolder(dir);
  for (const sample of samples) folder.sample(sample);
  folder.evidence(start);
  folder.writeRun(run);
});
afterEach(() => rmSync(parent, { recursive: true }));

/** Puts another text in place of one line of a file. */
function setLine(file: string, number: number, text: string): void {
  const path = join(dir, file);
  writeFileSync(
    path,
    readFileSync(path, 'utf8')
      .split('\n')
      .with(number - 1, text)
      .join('\n'),
  );
}

async function refusal(): Promise<BadInputError> {
  const error = await readRun(dir).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(BadInputError);
  return error as BadInputError;
}

it('a run comes back as it was written', async () => {
  expect(await readRun(dir)).toEqual({ run, samples, evidence: [start] });
});

describe('a run that was cut', () => {
  it('in the middle of its last line: that line is named', async () => {
    const path = join(dir, 'samples.ndjson');
    const { length } = readFileSync(path);
    truncateSync(path, length - 20);
    const error = await refusal();
    expect(error.message).toBe(`${path}:3: not valid JSON`);
    expect(error.next).toContain('damaged');
  });

  it('between two lines, or before the last line break, is whole', async () => {
    const path = join(dir, 'samples.ndjson');
    truncateSync(path, readFileSync(path).length - 1);
    expect((await readRun(dir)).samples).toHaveLength(3);
    setLine('samples.ndjson', 3, '');
    truncateSync(path, readFileSync(path).length);
    expect((await readRun(dir)).samples).toHaveLength(2);
    writeFileSync(path, '');
    expect((await readRun(dir)).samples).toEqual([]);
  });
});

describe('what is wrong is named by file, line and field', () => {
  it.each([
    ['no JSON', '{"schema":', /samples\.ndjson:2: not valid JSON$/],
    ['an empty line', '', /samples\.ndjson:2: not valid JSON$/],
    ['a wrong type', JSON.stringify({ ...samples[1], requests: 'many' }), /samples\.ndjson:2: requests: /],
    [
      'a wrong type deep inside',
      JSON.stringify({ ...samples[1], load: { loop: 'closed', connections: 0, workers: 1 } }),
      /samples\.ndjson:2: load\.connections: /,
    ],
    [
      'a missing field',
      JSON.stringify({ ...samples[1], windowNs: undefined }),
      /samples\.ndjson:2: windowNs: /,
    ],
    [
      'a missing histogram of a slice that latency is told of',
      JSON.stringify({ ...sampleOf({ load: unloaded }), histogram: undefined }),
      /samples\.ndjson:2: histogram: is missing, though latency is told/,
    ],
    ['an unknown field', JSON.stringify({ ...samples[1], colour: 'red' }), /samples\.ndjson:2: .*"colour"/],
    [
      'another version of the schema',
      JSON.stringify({ ...samples[1], schema: 'filterbench/sample@2' }),
      /samples\.ndjson:2: .*newer filterbench/,
    ],
    ['another kind of value', '[1, 2]', /samples\.ndjson:2: .*expected object/],
  ])('a sample: %s', async (_what, line, expected) => {
    setLine('samples.ndjson', 2, line);
    const error = await refusal();
    expect(error.message).toMatch(expected);
    expect(error.message.startsWith(dir)).toBe(true);
    expect(error.message).not.toContain('\n');
  });

  it('a line of evidence', async () => {
    appendFileSync(join(dir, 'evidence.ndjson'), `${JSON.stringify({ ...start, kind: 'dream' })}\n`);
    expect((await refusal()).message).toMatch(/evidence\.ndjson:2: kind: /);
  });

  it('run.json', async () => {
    writeFileSync(join(dir, 'run.json'), JSON.stringify({ ...run, seed: -1 }));
    expect((await refusal()).message).toMatch(/run\.json: seed: /);
    writeFileSync(join(dir, 'run.json'), '{');
    expect((await refusal()).message).toMatch(/run\.json: not valid JSON$/);
  });
});

describe('what is not there is named', () => {
  it.each(['run.json', 'samples.ndjson', 'evidence.ndjson'])('%s', async (file) => {
    rmSync(join(dir, file));
    const error = await refusal();
    expect(error.message).toBe(`${join(dir, file)} cannot be read`);
    expect(error.next).not.toBe('');
  });

  it('the whole folder', async () => {
    rmSync(dir, { recursive: true });
    expect((await refusal()).message).toContain('cannot be read');
  });
});

it('a damaged file is closed again', async () => {
  setLine('samples.ndjson', 1, '{');
  // More than one chunk, so that reading really ends early.
  appendFileSync(join(dir, 'samples.ndjson'), `${JSON.stringify(samples[0])}\n`.repeat(2_000));
  await refusal();
  const open = () =>
    readdirSync('/proc/self/fd').filter((fd) => {
      try {
        return readlinkSync(`/proc/self/fd/${fd}`).startsWith(dir);
      } catch {
        return false;
      }
    });
  await expect.poll(open, { timeout: 1_000 }).toEqual([]);
});
