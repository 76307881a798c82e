import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { main } from '../../src/cli/main.js';
import { ExitCode } from '../../src/errors.js';
import { headers, madeStoredRun } from '../claims/made-run.js';
import { articleTruth } from '../claims/worlds.js';
import { storeRun } from '../support/store-run.js';

const parent = mkdtempSync(join(tmpdir(), 'filterbench-test-'));
const whole = join(parent, 'whole');
const other = join(parent, 'other');
const broken = join(parent, 'broken');
const published = join(parent, 'published');

beforeAll(async () => {
  const arms = { scenarios: [headers], variants: ['lua'], twins: ['lua'], restarts: 2 };
  const stored = await madeStoredRun({ ...arms, truth: articleTruth });
  storeRun(whole, stored);
  storeRun(other, { ...stored, run: { ...stored.run, id: 'another' } });
});
afterAll(() => rmSync(parent, { recursive: true }));
beforeEach(() => cpSync(whole, broken, { recursive: true }));
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(broken, { recursive: true });
  rmSync(published, { recursive: true, force: true });
});

async function run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const printed = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    vi.spyOn(process[stream], 'write').mockImplementation((text) => {
      printed[stream] += String(text);
      return true;
    });
  }
  const code = await main(args);
  vi.restoreAllMocks();
  return { code, ...printed };
}

/** Puts another text in place of the second line of a file. */
function spoilLine(file: string, text: string): void {
  const path = join(broken, file);
  writeFileSync(path, readFileSync(path, 'utf8').split('\n').with(1, text).join('\n'));
}

function spoilRun(change: (run: Record<string, unknown>) => Record<string, unknown>): void {
  const path = join(broken, 'run.json');
  writeFileSync(path, JSON.stringify(change(JSON.parse(readFileSync(path, 'utf8')))));
}

const readers: readonly [string, readonly string[]][] = [
  ['report', ['report', broken]],
  ['report --csv', ['report', broken, '--csv']],
  ['compare, the first', ['compare', broken, other]],
  ['compare, another', ['compare', other, broken]],
  ['publish', ['publish', broken, published]],
  ['claims --from', ['claims', '--from', broken]],
];

const damages: readonly [string, string, () => void][] = [
  ['a sample cut off', 'samples.ndjson:2: not valid JSON', () => spoilLine('samples.ndjson', '{"schema":')],
  ['a sample of zeros', 'samples.ndjson:2: ', () => spoilLine('samples.ndjson', '\0'.repeat(64))],
  [
    'evidence of no kind',
    'evidence.ndjson:2: ',
    () => spoilLine('evidence.ndjson', '{"schema":"filterbench/evidence@1","kind":"dream"}'),
  ],
  ['a seed below zero', 'run.json: seed: ', () => spoilRun((stored) => ({ ...stored, seed: -1 }))],
  [
    'half of run.json',
    'run.json: not valid JSON',
    () =>
      writeFileSync(join(broken, 'run.json'), readFileSync(join(broken, 'run.json'), 'utf8').slice(0, 500)),
  ],
  [
    'run.json of a newer filterbench',
    'run.json: written by a newer filterbench',
    () => spoilRun((stored) => ({ ...stored, schema: 'filterbench/run@2' })),
  ],
  ['no run.json', 'run.json cannot be read', () => rmSync(join(broken, 'run.json'))],
  ['no samples', 'samples.ndjson cannot be read', () => rmSync(join(broken, 'samples.ndjson'))],
];

describe.each(damages)('a run with %s', (_, message, spoil) => {
  it.each(readers)('is refused by %s, with the file and the line', async (_command, args) => {
    spoil();
    const before = readdirSync(broken).toSorted();
    const { code, stdout, stderr } = await run(...args);
    expect(code, stderr).toBe(ExitCode.badInput);
    expect(stdout).toBe('');
    expect(stderr).toContain(`error: ${broken}/${message}`);
    expect(stderr).toMatch(/^ {2}next: \S/m);
    expect(stderr).not.toMatch(/^ {4}at /m);
    // Nothing is made of what cannot be read.
    expect(readdirSync(broken).toSorted()).toEqual(before);
    expect(existsSync(published)).toBe(false);
  });
});

it('what is whole is taken by all of them', async () => {
  for (const [command, args] of readers) {
    const { code, stderr } = await run(...args);
    expect(code, `${command}: ${stderr}`).toBe(ExitCode.done);
  }
});

describe('bench --resume', () => {
  it.each([
    ['a seed below zero', 'run.json: seed: ', () => spoilRun((stored) => ({ ...stored, seed: -1 }))],
    [
      'of a newer filterbench',
      'run.json: written by a newer filterbench',
      () => spoilRun((stored) => ({ ...stored, schema: 'filterbench/run@2' })),
    ],
    ['without run.json', 'run.json cannot be read', () => rmSync(join(broken, 'run.json'))],
  ])('refuses a run %s', async (_, message, spoil) => {
    spoil();
    const { code, stderr } = await run('bench', '--resume', broken);
    expect(code, stderr).toBe(ExitCode.badInput);
    expect(stderr).toContain(`error: ${broken}/${message}`);
  });
});
