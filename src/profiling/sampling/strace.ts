import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { FailedError, MissingError } from '../../errors.js';
import { launchPrefix } from '../../runtime/launch-prefix.js';

/** @throws MissingError where strace is not installed. */
export async function requireStrace(): Promise<void> {
  const { code } = await execa('strace', ['--version'], { reject: false });
  if (code === 'ENOENT')
    throw new MissingError(
      'strace is not installed, and it is what counts system calls',
      'install strace, or leave --syscalls away',
    );
}

/**
 * Counts the system calls of a process with all its threads while `work` goes on. It is slowed down meanwhile: the counts are good, no
 * times are.
 * @param cpus where the tracer runs
 * @throws FailedError where it cannot attach.
 */
export async function countSyscalls<T>(
  pid: number,
  cpus: readonly number[],
  work: () => Promise<T>,
): Promise<{ counts: Map<string, number>; during: T }> {
  const dir = mkdtempSync(join(tmpdir(), 'filterbench-strace-'));
  const file = join(dir, 'summary');
  try {
    const words = [...(await launchPrefix(cpus)), 'strace', '-c', '-f', '-o', file, '-p', String(pid)];
    const [command = 'strace', ...args] = words;
    const child = execa(command, args, { stdin: 'ignore', stdout: 'ignore', reject: false });
    const ended = child.then(({ stderr }): never => {
      throw new FailedError(
        `strace ended before it was told to: ${stderr.trim().slice(0, 200)}`,
        'run as root, or leave --syscalls away',
      );
    });
    ended.catch(() => undefined);
    const attached = new Promise<void>((resolve) =>
      child.stderr.on('data', (said: Buffer) => {
        if (said.includes('attached')) resolve();
      }),
    );
    await Promise.race([attached, ended]);
    const during = await work();
    child.kill('SIGINT');
    await child;
    return { counts: parseSummary(readFileSync(file, 'utf8')), during };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

// % time, seconds, µs a call, calls, errors (where there are any), name
const row = /^\s*[\d.]+\s+[\d.]+\s+\d+\s+(\d+)\s+(?:\d+\s+)?(\w+)$/;

/** Calls by name, from what `strace -c` prints. */
export function parseSummary(summary: string): Map<string, number> {
  const rows = summary.split('\n').flatMap((line): [string, number][] => {
    const [, calls, name] = row.exec(line) ?? [];
    return calls === undefined || name === undefined || name === 'total' ? [] : [[name, Number(calls)]];
  });
  return new Map(rows);
}
