import { basename } from 'node:path';
import { execa } from 'execa';
import { FailedError } from '../errors.js';

/** Where and how a compiler runs. */
export interface CommandOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** Runs a compiler to its end. @throws FailedError with the end of what it says. */
export async function run(command: string, args: readonly string[], options: CommandOptions): Promise<void> {
  const { cwd, env, signal } = options;
  const result = await execa(command, args, { cwd, env, reject: false, cancelSignal: signal, all: true });
  signal.throwIfAborted();
  if (!result.failed) return;
  const tail = result.all.split('\n').slice(-20).join('\n');
  throw new FailedError(
    `${command} ${args.slice(0, 5).join(' ')} failed:\n${tail}`,
    `mend what ${basename(command)} says`,
  );
}

/** The first line that a command prints, or null where it cannot run. */
export async function firstLine(command: string, args: readonly string[]): Promise<string | null> {
  const { failed, stdout } = await execa(command, args, { reject: false });
  return failed ? null : (stdout.split('\n')[0]?.trim() ?? null);
}
