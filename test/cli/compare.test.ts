import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020.js';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { ExitCode } from '../../src/errors.js';
import { packagePaths } from '../../src/paths.js';
import { runComparisonSchema } from '../../src/results/schema/index.js';
import { noisyRun } from '../results/compare/made-runs.js';
import { storeRun } from '../support/store-run.js';
import { ran } from './ran.js';

const parent = mkdtempSync(join(tmpdir(), 'filterbench-compare-'));
const [a, same, dearer, elsewhere] = ['a', 'same', 'dearer', 'elsewhere'].map((name) =>
  join(parent, name),
) as [string, string, string, string];
const few = { variants: ['lua'], twins: ['lua'] };

beforeAll(async () => {
  const first = await noisyRun(21, few);
  // What was analysed before is not believed: numbers come from samples and evidence.
  storeRun(a, { ...first, run: { ...first.run, noiseFloor: { inProcess: null, external: null } } });
  storeRun(same, await noisyRun(22, few));
  const changed = await noisyRun(23, { ...few, moreUs: { lua: 5 } });
  storeRun(dearer, changed);
  const fingerprint = { ...changed.run.fingerprint, cpu: 'another' };
  storeRun(elsewhere, { ...changed, run: { ...changed.run, fingerprint } });
});
afterAll(() => rmSync(parent, { recursive: true }));
afterEach(() => vi.restoreAllMocks());

const compared = (...args: string[]) => ran('compare', ...args);

describe('filterbench compare', () => {
  it('prints a table of at most 80 columns', async () => {
    const { code, stdout, stderr } = await compared(a, dearer);
    expect(code, stderr).toBe(ExitCode.done);
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    expect(stdout).toMatch(/^lua .*dearer$/m);
  });

  it('prints JSON that its published schema promises', async () => {
    const { stdout } = await compared(a, same, dearer, '--json', '--fail-on', 'regression=50us');
    const path = join(packagePaths.root, 'results', 'schema', 'compare.schema.json');
    const ajv = new Ajv2020.default({ strict: false, validateFormats: false });
    const validate = ajv.compile(JSON.parse(readFileSync(path, 'utf8')));
    const comparison = JSON.parse(stdout);
    expect(validate(comparison), ajv.errorsText(validate.errors)).toBe(true);
    const { runs, others, gate } = runComparisonSchema.parse(comparison);
    expect(runs.map(({ name, dir }) => [name, dir])).toEqual([
      ['A', a],
      ['B', same],
      ['C', dearer],
    ]);
    expect(others.map(({ arms }) => arms.map(({ totalCpuUs }) => totalCpuUs.called))).toEqual([
      [false],
      [true],
    ]);
    expect(gate).toMatchObject({ limit: { us: 50 }, passed: true });
  });

  it('prints Markdown, or JSON, but not both', async () => {
    expect((await compared(a, dearer, '--markdown')).stdout).toMatch(/^## What filters cost: B against A$/m);
    expect((await compared(a, dearer, '--markdown', '--json')).code).toBe(ExitCode.badInput);
  });

  it.each([
    ['regression=5%', ExitCode.gateFailed],
    ['regression=2us', ExitCode.gateFailed],
    ['regression=0.002ms', ExitCode.gateFailed],
    ['regression=90%', ExitCode.done],
    ['regression=20us', ExitCode.done],
  ])('--fail-on %s exits with %i for 5 µs more, and with 0 for the same', async (limit, expected) => {
    expect((await compared(a, dearer, '--fail-on', limit)).code).toBe(expected);
    expect((await compared(a, same, '--fail-on', limit)).code).toBe(ExitCode.done);
  });

  it.each([
    ['regresion=5%', /"regresion" is not known \(did you mean "regression"\?\)/],
    ['5%', /write regression=5%/],
    ['regression', /write regression=5%/],
    ['regression=5', /write regression=5%/],
    ['regression=5kg', /write regression=5%/],
    ['regression=-5%', /write regression=5%/],
    ['regression=5%=2us', /write regression=5%/],
  ])('--fail-on %s is refused', async (limit, message) => {
    const { code, stderr, stdout } = await compared(a, dearer, '--fail-on', limit);
    expect(code).toBe(ExitCode.badInput);
    expect(stderr).toMatch(message);
    expect(stdout).toBe('');
  });

  it('refuses unlike runs with what differs and what to do, and marks them where it is forced', async () => {
    const { code, stderr, stdout } = await compared(a, elsewhere);
    expect(code).toBe(ExitCode.badInput);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^error: unlike runs cannot be compared:\n {2}CPU: A has fake; B has another$/m);
    expect(stderr).toMatch(/^ {2}next: .*--force/m);
    const forced = await compared(a, elsewhere, '--force');
    expect(forced.code).toBe(ExitCode.done);
    expect(forced.stdout).toMatch(/^FORCED/m);
    expect(JSON.parse((await compared(a, elsewhere, '--force', '--json')).stdout).forced).toBe(true);
  });

  it.each([
    ['one run', () => [a], /missing required argument 'others'/],
    ['the same run twice', () => [a, a], /are the same run/],
    ['a folder without one', () => [a, parent], /run\.json cannot be read/],
  ])('refuses %s', async (_, args, message) => {
    const { code, stderr } = await compared(...args());
    expect(code).toBe(ExitCode.badInput);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^ {2}next: /m);
  });
});
