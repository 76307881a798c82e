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

/** Without these, rustup and Go fetch another toolchain where a folder asks for one: a question must not. */
export const fetchNothing = { RUSTUP_AUTO_INSTALL: '0', GOTOOLCHAIN: 'local' } as const;

// A compiler says its version at once, or after a second where it has to wake up.
const answerWithinMs = 20_000;

/** The first line that a command prints, or null where it cannot run. */
export async function firstLine(command: string, args: readonly string[]): Promise<string | null> {
  const { failed, stdout } = await execa(command, args, {
    reject: false,
    env: fetchNothing,
    timeout: answerWithinMs,
  });
  return failed ? null : (stdout.split('\n')[0]?.trim() ?? null);
}
