import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020.js';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { packagePaths } from '../../src/paths.js';
import { readRun } from '../../src/results/store/index.js';

const parent = mkdtempSync(join(tmpdir(), 'filterbench-test-'));
const dir = join(parent, 'run');
const cli = join(packagePaths.root, 'bin', 'filterbench.js');

const bench = [
  'bench',
  '--profile',
  'smoke',
  '--mechanisms',
  'lua,ext-proc/rust-uds',
  '--budget',
  '1s',
  '--seed',
  '5',
];

beforeAll(async () => {
  await execa(process.execPath, [cli, ...bench, '--out', dir]);
});
afterAll(() => rmSync(parent, { recursive: true }));

function chartData(): Record<string, string> {
  const files = readdirSync(join(dir, 'charts')).filter((name) => name.endsWith('.vl.json'));
  return Object.fromEntries(files.map((name) => [name, readFileSync(join(dir, 'charts', name), 'utf8')]));
}

it('a run folder holds what its published schemas promise', async () => {
  const ajv = new Ajv2020.default({ strict: false, validateFormats: false });
  const lines = (file: string) => readFileSync(join(dir, file), 'utf8').trimEnd().split('\n');
  const check = (name: string, texts: readonly string[]) => {
    const schema = readFileSync(join(packagePaths.root, 'results', 'schema', `${name}.schema.json`), 'utf8');
    const validate = ajv.compile(JSON.parse(schema));
    for (const text of texts) expect(validate(JSON.parse(text)), ajv.errorsText(validate.errors)).toBe(true);
  };
  check('run', [readFileSync(join(dir, 'run.json'), 'utf8')]);
  check('sample', lines('samples.ndjson'));
  check('evidence', lines('evidence.ndjson'));
  const { run, samples } = await readRun(dir);
  expect(run.status).toBe('complete');
  expect(run.seed).toBe(5);
  expect(run.arms.map(({ status }) => status)).toEqual(run.arms.map(() => 'valid'));
  expect(samples.every(({ bad }) => bad === 0)).toBe(true);
});

it('what was sent and received is stored once, and not again where it passes', async () => {
  const { evidence } = await readRun(dir);
  const proofs = evidence.filter((item) => item.kind === 'proof');
  expect(new Set(proofs.map(({ restart }) => restart))).toEqual(new Set([0, 1]));
  for (const { restart, request, observed } of proofs) {
    expect(request === null, `restart ${restart}`).toBe(restart !== 0);
    expect(observed === null).toBe(restart !== 0);
  }
});

it('the report comes again from the stored run, its chart data byte by byte', async () => {
  const before = chartData();
  expect(Object.keys(before).length).toBeGreaterThan(2);
  rmSync(join(dir, 'charts'), { recursive: true });
  await execa(process.execPath, [cli, 'report', dir]);
  expect(chartData()).toEqual(before);
});

it('--json prints the run and nothing else on stdout', async () => {
  const { stdout } = await execa(process.execPath, [cli, 'report', dir, '--json']);
  const { run } = await readRun(dir);
  expect(JSON.parse(stdout)).toEqual({ dir, ...run });
});
