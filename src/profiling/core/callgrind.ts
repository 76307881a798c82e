import { execa } from 'execa';
import { FailedError, MissingError } from '../../errors.js';

/** A function and the instructions that it ran itself, of one file's lines: inlined code is counted where it was written. */
export interface FunctionInstructions {
  /** `file:function`. */
  readonly name: string;
  readonly instructions: number;
}

/** @throws MissingError where valgrind is not installed. */
export async function requireValgrind(): Promise<void> {
  const { code } = await execa('valgrind', ['--version'], { reject: false });
  if (code === 'ENOENT')
    throw new MissingError(
      'valgrind is not installed, and its callgrind is what counts instructions',
      'install valgrind',
    );
}

/**
 * Runs a program in callgrind, and counts what it does in one function and all that this calls.
 * @param file where callgrind writes
 * @throws FailedError where the program or callgrind fails; InterruptedError by way of the signal.
 */
export async function runCallgrind(
  words: readonly string[],
  { within, file, signal }: { readonly within: string; readonly file: string; readonly signal: AbortSignal },
): Promise<FunctionInstructions[]> {
  const flags = ['--tool=callgrind', `--callgrind-out-file=${file}`, `--toggle-collect=*${within}*`];
  await succeed('valgrind', [...flags, ...words], signal);
  const printed = await succeed('callgrind_annotate', ['--threshold=99', file], signal);
  return parseAnnotation(printed);
}

async function succeed(command: string, args: readonly string[], signal: AbortSignal): Promise<string> {
  const { failed, stdout, stderr } = await execa(command, args, { reject: false, cancelSignal: signal });
  signal.throwIfAborted();
  if (!failed) return stdout;
  throw new FailedError(`${command} failed: ${stderr.trim().slice(-400)}`, `mend what ${command} says`);
}

const row = /^\s*([\d,]+) \(\s*[\d.]+%\)\s+(\S.*?)(?: \[[^\]]*\])?$/;

/** The functions of what `callgrind_annotate` prints, largest first. */
export function parseAnnotation(printed: string): FunctionInstructions[] {
  return printed.split('\n').flatMap((line): FunctionInstructions[] => {
    const [, count, name] = row.exec(line) ?? [];
    if (count === undefined || name === undefined || name.startsWith('PROGRAM TOTALS')) return [];
    return [{ name, instructions: Number(count.replaceAll(',', '')) }];
  });
}
