import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { packagePaths } from '../../src/paths.js';

/** The executable, as it is shipped. */
export const program = join(packagePaths.root, 'bin/ext-server-node.js');

/** A running server of a test's own. */
export interface Server extends AsyncDisposable {
  readonly child: ChildProcess;
  readonly listen: string;
  readonly admin: string;
  /** A file beside its job's. */
  path(name: string): string;
}

/** The words of a command line; a job that is no text is written as JSON. */
export function commandLine(folder: string, protocol: string, listen: string, job: unknown): string[] {
  const file = join(folder, 'job.json');
  writeFileSync(file, typeof job === 'string' ? job : JSON.stringify(job));
  return [
    '--protocol',
    protocol,
    '--listen',
    listen,
    '--admin',
    '127.0.0.1:0',
    '--job',
    file,
    '--die-with-parent',
  ];
}

/** Starts a server; `unix` puts it on a socket. */
export async function startServer(protocol: string, job: unknown, { unix = false } = {}): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'filterbench-test-'));
  const listen = unix ? `unix:${join(folder, 's.sock')}` : '127.0.0.1:0';
  const child = spawn(program, commandLine(folder, protocol, listen, job), {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const bound = await firstLine(child);
  return {
    child,
    ...bound,
    path: (name) => join(folder, name),
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGKILL');
        await once(child, 'exit');
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Where a server says on its stdout that it listens. */
export async function firstLine({ stdout }: ChildProcess): Promise<{ listen: string; admin: string }> {
  const [line] = await once(createInterface({ input: stdout! }), 'line');
  return JSON.parse(String(line));
}

/** What a server counted. */
export async function counts(server: Server): Promise<Record<string, number>> {
  const response = await fetch(`http://${server.admin}/count`);
  return (await response.json()) as Record<string, number>;
}
