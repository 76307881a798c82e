import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { nativeRuntime } from '../../src/runtime/native.js';
import { type PortAllocator, randomPorts } from '../../src/runtime/ports.js';
import { processStartTicks } from '../../src/runtime/process-identity.js';
import { openScratch } from '../../src/runtime/scratch.js';
import type { Runtime, WorkloadSpec } from '../../src/runtime/types.js';

/** A runtime with a private folder of its own. */
export function openRuntime(ports: PortAllocator = randomPorts(Math.random)): AsyncDisposable & {
  runtime: Runtime;
  dir: string;
} {
  const scratch = openScratch('native');
  const runtime = nativeRuntime({ scratch, ports });
  return {
    runtime,
    dir: scratch.dir,
    async [Symbol.asyncDispose]() {
      await runtime[Symbol.asyncDispose]();
      scratch[Symbol.dispose]();
    },
  };
}

/** A Node script as a workload; `process.argv[1]` is its port. */
export function scriptOf(script: string, more: Partial<WorkloadSpec> = {}): WorkloadSpec {
  return {
    name: 'script',
    role: 'upstream',
    program: process.execPath,
    reads: [],
    ports: ['listen'],
    cpus: [],
    args: (inside) => ['-e', script, String(inside.bind('listen').port)],
    ready: { port: 'listen', path: '/ready', timeoutMs: 30_000 },
    ...more,
  };
}

export const listen = `.listen(process.argv[1], '127.0.0.1');`;
export const server = `require('node:http').createServer((request, response) => response.end(JSON.stringify(process.env)))${listen}`;

export const lives = (pid: number) => processStartTicks(pid) !== null;
/** The pids that the run's journal holds. */
export const journal = (dir: string) =>
  readFileSync(join(dir, 'children.ndjson'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): number => JSON.parse(line).pid);

export async function failureOf(promise: Promise<unknown>): Promise<Error> {
  const outcome = await promise.then(
    () => null,
    (error: Error) => error,
  );
  expect(outcome).toBeInstanceOf(Error);
  return outcome as Error;
}
