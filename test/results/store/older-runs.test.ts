import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { BadInputError } from '../../../src/errors.js';
import { writeReport } from '../../../src/report/index.js';
import { runSchema, sampleSchema } from '../../../src/results/schema/index.js';
import { readRun, readWhole } from '../../../src/results/store/index.js';

// Smoke runs of earlier filterbenches, as they were written then.
const fixtures = join(import.meta.dirname, 'older');
const names = readdirSync(fixtures);

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'filterbench-test-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

function unpack(name: string): string {
  const run = join(dir, name);
  cpSync(join(fixtures, name), run, { recursive: true });
  for (const file of ['run.json', 'samples.ndjson', 'evidence.ndjson'])
    writeFileSync(join(run, file), gunzipSync(readFileSync(join(run, `${file}.gz`))));
  return run;
}

const numbers = z.object({
  id: z.string(),
  arms: z.array(
    z.object({
      id: z.string(),
      status: z.string(),
      cpu: z.object({ totalUs: z.object({ estimate: z.number() }) }),
    }),
  ),
});
const storedIn = (run: string) => JSON.parse(readFileSync(join(run, 'run.json'), 'utf8'));

describe('a run of an earlier filterbench', () => {
  it.each(names)('%s is of another shape than today, and is read', async (name) => {
    const run = unpack(name);
    const [sample = ''] = readFileSync(join(run, 'samples.ndjson'), 'utf8').split('\n');
    const isOfToday =
      runSchema.safeParse(storedIn(run)).success && sampleSchema.safeParse(JSON.parse(sample)).success;
    expect(isOfToday).toBe(false);
    const read = await readRun(run);
    expect(runSchema.safeParse(read.run).success).toBe(true);
    expect(read.samples.length).toBeGreaterThan(20);
    expect(read.evidence.length).toBeGreaterThan(20);
  });

  it.each(names)('%s gives the numbers that it gave then', async (name) => {
    const run = unpack(name);
    const then = numbers.parse(storedIn(run));
    const { run: now } = await readWhole(run);
    expect(now.id).toBe(then.id);
    expect(now.arms.map(({ id, status }) => [id, status])).toEqual(
      then.arms.map(({ id, status }) => [id, status]),
    );
    for (const { id, cpu } of then.arms) {
      const again = now.arms.find((arm) => arm.id === id)?.cpu?.totalUs.estimate;
      expect(again, id).toBeCloseTo(cpu.totalUs.estimate, 6);
    }
    // What was only learnt to tell later on comes from the same samples.
    expect(now.arms.every(({ outliers }) => outliers !== null)).toBe(true);
    expect(now.slopes.every(({ residuals }) => residuals.length > 0)).toBe(true);
    expect(now.slopes.length > 0).toBe(name.endsWith('series'));
  });

  it.each(names)('%s is reported', async (name) => {
    const { run, beside } = await readWhole(unpack(name));
    const written = await writeReport(join(dir, name), run, beside);
    expect(written.map((path) => path.split('/').at(-1))).toEqual(
      expect.arrayContaining(['report.md', 'report.html']),
    );
    expect(readFileSync(join(dir, name, 'report.md'), 'utf8')).toContain(run.id);
  });
});

describe('a run that this filterbench does not know', () => {
  const [name = ''] = names;

  async function refusalOf(file: string, from: string, to: string): Promise<BadInputError> {
    const path = join(unpack(name), file);
    const text = readFileSync(path, 'utf8');
    const at = text.lastIndexOf(from);
    writeFileSync(path, text.slice(0, at) + to + text.slice(at + from.length));
    const error = await readRun(join(dir, name)).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(BadInputError);
    return error as BadInputError;
  }

  it.each([
    ['run.json', 'run', /run\.json: /],
    ['samples.ndjson', 'sample', /samples\.ndjson:36: /],
    ['evidence.ndjson', 'evidence', /evidence\.ndjson:\d+: /],
  ])('%s of a newer one: says so, and where', async (file, schema, where) => {
    const error = await refusalOf(file, `filterbench/${schema}@1`, `filterbench/${schema}@2`);
    expect(error.message).toMatch(where);
    expect(error.message).toContain(
      `written by a newer filterbench: filterbench/${schema}@2, and this one knows ${schema}@1`,
    );
    expect(error.next).toMatch(/^update filterbench/);
  });

  it.each(['filterbench/run@0', 'somebody/run@1', 'filterbench/dream@1', ''])(
    'of the schema "%s": none that is stored',
    async (schema) => {
      const { message, next } = await refusalOf('run.json', 'filterbench/run@1', schema);
      expect(message).toContain(
        `run.json: schema: ${JSON.stringify(schema)} is none that filterbench stores`,
      );
      expect(next).not.toBe('');
    },
  );

  it('of no schema, or another file in its place: names the field', async () => {
    expect((await refusalOf('run.json', '"filterbench/run@1"', '7')).message).toMatch(/run\.json: schema: /);
    rmSync(join(dir, name), { recursive: true });
    expect((await refusalOf('run.json', 'filterbench/run@1', 'filterbench/sample@1')).message).toMatch(
      /run\.json: schema: /,
    );
  });

  it('with a field too much, or one that was never left out: still refused', async () => {
    expect((await refusalOf('run.json', '"seed"', '"sneed"')).message).toMatch(/run\.json: /);
    rmSync(join(dir, name), { recursive: true });
    expect((await refusalOf('samples.ndjson', '"requests"', '"request"')).message).toMatch(/:36: /);
  });
});
