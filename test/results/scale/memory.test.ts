import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packagePaths } from '../../../src/paths.js';
import { storeLargeRun } from './large-run.js';

// 1,000 arms. What is kept of their rounds must be little beside what is told of each: with all samples in memory neither child ends.
const size = { scenarios: 10, envoys: 5, restarts: 2, rounds: 60 };
const arms = 1_000;
const heapMiB = 96;

let dir: string;
// On a machine that others load; alone it takes a quarter of that.
const timeout = 300_000;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'filterbench-large-'));
  expect(await storeLargeRun(join(dir, 'run'), size)).toBeGreaterThan(125_000);
}, timeout);
afterAll(() => rmSync(dir, { recursive: true }));

/** What a Node whose heap is small prints. */
async function inSmallHeap(script: string, ...args: readonly string[]): Promise<string> {
  const path = join(packagePaths.root, script);
  const node = [`--max-old-space-size=${heapMiB}`, path, ...args];
  const { stdout } = await promisify(execFile)(process.execPath, node, { maxBuffer: 64 * 2 ** 20 });
  return stdout;
}

describe('a run of 1,000 arms and many rounds fits into a small heap', { timeout }, () => {
  it('while it is recorded and analysed', async () => {
    const to = join(dir, 'again');
    expect(await inSmallHeap('test/results/scale/record-again.mjs', join(dir, 'run'), to)).toBe(`${arms}`);
    const lines = (run: string) => readFileSync(join(dir, run, 'samples.ndjson'));
    expect(lines('again').equals(lines('run'))).toBe(true);
  });

  it('and when it is read again from its files', async () => {
    const csv = await inSmallHeap('bin/filterbench.js', 'report', '--csv', join(dir, 'run'));
    // The first columns name the arm.
    const lines = csv.trim().split('\n').slice(1);
    const told = new Set(lines.map((line) => line.split(',').slice(0, 8).join(',')));
    expect(told.size).toBe(arms);
  });
});
