import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { judgeClaims } from '../../src/claims/judge.js';
import { loadClaims } from '../../src/claims/load.js';
import { observationsOfMatrix } from '../../src/claims/observations.js';
import { claimsCommand } from '../../src/cli/claims/index.js';
import { BadInputError } from '../../src/errors.js';
import { verdictSchema } from '../../src/results/schema/index.js';
import { createRunFolder, type StoredRun } from '../../src/results/store/index.js';
import { loosenedWorld, madeMatrix } from '../claims/made-matrix.js';
import { headers, madeStoredRun } from '../claims/made-run.js';
import { articleTruth } from '../claims/worlds.js';

let dir: string;
let stored: StoredRun;
const matrix = madeMatrix(loosenedWorld);

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'filterbench-claims-'));
  const arms = { scenarios: [headers], variants: ['lua', 'wasm/rust'], twins: ['lua'] };
  stored = await madeStoredRun({ ...arms, truth: articleTruth });
  const folder = createRunFolder(join(dir, 'run'));
  for (const sample of stored.samples) folder.sample(sample);
  for (const line of stored.evidence) folder.evidence(line);
  // What was analysed before is not believed: numbers come from samples and evidence.
  folder.writeRun({ ...stored.run, comparisons: [], slopes: [] });
  await writeFile(join(dir, 'matrix.json'), JSON.stringify(matrix));
});
afterAll(() => rm(dir, { recursive: true }));
afterEach(() => vi.restoreAllMocks());

async function printed(...args: string[]): Promise<string> {
  const texts: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => texts.push(String(text)) > 0);
  await claimsCommand(() => new AbortController().signal).parseAsync(args, { from: 'user' });
  return texts.join('');
}

const both = () => ['--from', join(dir, 'run'), join(dir, 'matrix.json')];

describe('filterbench claims --from', () => {
  it('judges a stored run and a matrix, as the pure function does', async () => {
    const { verdicts } = JSON.parse(await printed(...both(), '--json'));
    const { claims } = await loadClaims();
    const data = { runs: [stored.run], matrices: [matrix], observations: observationsOfMatrix(matrix) };
    expect(verdicts).toEqual(JSON.parse(JSON.stringify(judgeClaims(claims, data))));
    for (const verdict of verdicts) expect(verdictSchema.parse(verdict)).toEqual(verdict);
  });

  it('shows some by their ids, and adjusts p for all of them all the same', async () => {
    const all = JSON.parse(await printed(...both(), '--json')).verdicts;
    const some = JSON.parse(await printed(...both(), '--only', 'perf-lua-*,compat-dynmod-locked', '--json'));
    const ids = ['perf-lua-over-wasm', 'compat-dynmod-locked'];
    expect(some.verdicts).toEqual(all.filter(({ claim }: { claim: string }) => ids.includes(claim)));
  });

  it('prints claim, word, effect and reason in 80 columns', async () => {
    const text = await printed(...both());
    const lines = text.split('\n');
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
    const [verdict] = lines.filter((line) => line.startsWith('perf-lua-over-wasm'));
    expect(verdict).toMatch(/^perf-lua-over-wasm {2}supported {2}3\.\d+ µs \[2\.\d+, 3\.\d+\]$/);
    expect(lines).toContain('compat-dynmod-locked  outdated');
    expect(text).toMatch(/holds in all of 1: in headers on 1\.40\.0 wasm\/rust − lua, CPU is /);
    expect(text).toMatch(/held on 1\.36\.4 and 1\.37\.0, no longer since 1\.38\.2/);
    expect(text).toMatch(/next: filterbench bench /);
  });
});

it('what would be gathered is told, and nothing is started', async () => {
  const lines = (await printed('--dry-run', '--only', 'iso-lua,compat-*,cap-lua-inline')).trim().split('\n');
  expect(lines).toHaveLength(3);
  expect(lines[0]).toMatch(/^filterbench compat dynamic-module .* --out RUN$/);
  expect(lines.slice(1)).toEqual([
    'filterbench faults lua --out RUN',
    'filterbench probes cap-lua-inline --out RUN',
  ]);
});

it('with everything, what each variant takes to develop is gathered, too', async () => {
  const commands = (await printed('--dry-run')).trim().split('\n');
  expect(commands.map((line) => line.split(' ')[1])).toEqual([
    'compat',
    'faults',
    'probes',
    'effort',
    'bench',
  ]);
});

describe('what cannot be judged', () => {
  it.each([
    ['opinions alone', ['--only', 'opinion-*'], /nothing can be gathered/],
    ['a folder without one', ['--from', tmpdir()], /holds no run, no matrix/],
    ['a path that is not there', ['--from', '/nowhere/at/all'], /holds no run, no matrix/],
    ['an id that is not there', ['--only', 'perf-lau-over-wasm'], /did you mean "perf-lua-over-wasm"/],
  ])('is told of %s', async (_, args, message) => {
    const failing = printed(...args);
    await expect(failing).rejects.toThrow(BadInputError);
    await expect(failing).rejects.toThrow(message);
  });

  it('is told of a matrix that is damaged, by its field', async () => {
    const path = join(dir, 'broken.json');
    await writeFile(path, JSON.stringify({ ...matrix, envoys: 3 }));
    await expect(printed('--from', path)).rejects.toThrow(/broken\.json: envoys: /);
  });
});

it('the plan as data has the flags that would be given, and the time that it may take', async () => {
  const asked = ['--only', 'perf-lua-over-wasm', '--scenarios', 'headers', '--seed', '7', '--budget', '2m'];
  const plan = JSON.parse(await printed('--dry-run', '--json', '--envoy', '1.39.3', ...asked));
  expect(plan).toMatchObject({ budgetSeconds: 120, commands: [{ command: 'bench' }] });
  expect(plan.commands[0].args.join(' ')).toMatch(/^bench .* --scenarios headers --seed 7 --envoy 1\.39\.3$/);
});
