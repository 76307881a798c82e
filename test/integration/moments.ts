import { existsSync, readFileSync, readlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect } from 'vitest';
import { packagePaths } from '../../src/paths.js';
import type { CliRun, Place } from './cli-place.js';

/** How many lines a file of a run has. */
export function linesOf(out: string, file: string): number {
  const path = join(out, file);
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n').length - 1 : 0;
}

/** Waits until something can be seen of a run; one that ends before shows what it printed. */
export async function reach(run: CliRun, isReached: () => boolean): Promise<void> {
  let over = false;
  void run.ended.then(() => {
    over = true;
  });
  await expect.poll(() => over || isReached(), { timeout: 100_000, interval: 5 }).toBe(true);
  if (over) throw new Error(`it ended before: ${run.stderr()}`);
}

/** The process of a workload, by the folder that it works in. */
export function workload(place: Place, name: string): number {
  return only(place, (pid) => basename(readlinkSync(`/proc/${pid}/cwd`)) === name);
}

/** The load generator. */
export function generatorOf(place: Place): number {
  return only(place, (pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(packagePaths.generator));
}

function only(place: Place, isIt: (pid: number) => boolean): number {
  const [pid, ...more] = place.processes().filter(isIt);
  if (pid === undefined || more.length > 0)
    throw new Error(`${more.length + (pid === undefined ? 0 : 1)} processes are it`);
  return pid;
}

export function expectNothingLeft(place: Place): void {
  expect(place.processes()).toEqual([]);
  expect(place.scratchFolders()).toEqual([]);
}

/** One message with a next step, and no stack trace. */
export function expectOneError(stderr: string): void {
  expect(stderr.match(/^error: /gm), stderr).toHaveLength(1);
  expect(stderr).toMatch(/^ {2}next: \S.*$/m);
  expect(stderr).not.toMatch(/^ {4}at /m);
}
