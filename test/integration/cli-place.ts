import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { packagePaths } from '../../src/paths.js';
import { processStartTicks } from '../../src/runtime/process-identity.js';

/** A command line that is running. */
export interface CliRun {
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  stdout(): string;
  stderr(): string;
  /** To itself alone, as `kill` does. */
  kill(signal: NodeJS.Signals): void;
  /** To its whole process group, as Ctrl-C in a terminal does. */
  killGroup(signal: NodeJS.Signals): void;
}

/** A place of its own for all that command lines make: none of it is seen by, or mixed up with, other runs. */
export interface Place extends AsyncDisposable {
  readonly dir: string;
  /** Starts the command line. */
  start(args: readonly string[], env?: NodeJS.ProcessEnv): CliRun;
  /** Runs the command line to its end. */
  run(
    args: readonly string[],
    env?: NodeJS.ProcessEnv,
  ): Promise<{ code: number | null; stdout: string; stderr: string }>;
  /** Living processes that were started from here, however far down. */
  processes(): number[];
  /** Private folders of runs. */
  scratchFolders(): string[];
}

export function openPlace(): Place {
  // Short: the path of a Unix socket has little room.
  const dir = mkdtempSync(join(tmpdir(), 'fb-'));
  const temp = join(dir, 't');
  mkdirSync(temp);
  const start = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
    startCli(dir, args, { ...process.env, TMPDIR: temp, ...env });
  const processes = () => processesOf(dir);
  return {
    dir,
    start,
    async run(args, env) {
      const run = start(args, env);
      const { code } = await run.ended;
      return { code, stdout: run.stdout(), stderr: run.stderr() };
    },
    processes,
    scratchFolders: () => {
      const root = join(temp, `filterbench-${userInfo().uid}`);
      return listOrEmpty(root).map((name) => join(root, name));
    },
    async [Symbol.asyncDispose]() {
      for (const pid of processes()) process.kill(pid, 'SIGKILL');
      await expect.poll(processes).toEqual([]);
      rmSync(dir, { recursive: true });
    },
  };
}

function startCli(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv): CliRun {
  const child = spawn(process.execPath, [join(packagePaths.root, 'bin/filterbench.js'), ...args], {
    cwd,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      printed[stream] += text;
    });
  }
  return {
    ended: once(child, 'close').then(([code, signal]) => ({ code, signal })),
    stdout: () => printed.stdout,
    stderr: () => printed.stderr,
    kill: (signal) => child.kill(signal),
    killGroup: (signal) => process.kill(-child.pid!, signal),
  };
}

/** Every process works in its private folder, names it, or has it in its environment. */
function processesOf(dir: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      const about = [
        () => readlinkSync(`/proc/${pid}/cwd`),
        () => readFileSync(`/proc/${pid}/cmdline`, 'utf8'),
        () => readFileSync(`/proc/${pid}/environ`, 'utf8'),
      ];
      return about.some((read) => readOrEmpty(read).includes(dir)) && processStartTicks(Number(pid)) !== null;
    })
    .map(Number);
}

// It may end while it is looked at.
function readOrEmpty(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}

function listOrEmpty(dir: string): string[] {
  try {
    return readdirSync(dir);
  } catch {
    return [];
  }
}
