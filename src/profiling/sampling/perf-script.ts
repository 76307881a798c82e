import { FailedError } from '../../errors.js';

/** One place of a stack, as perf gives it. */
export interface RawFrame {
  /** Of a program or library: the place in its file. Else the place in memory. */
  readonly place: number;
  /** Null where perf knows no name. */
  readonly symbol: string | null;
  /** The file that the place is in, or what stands for it: `[kernel.kallsyms]`, `[vdso]`, `//anon`, a map of compiled code. */
  readonly object: string;
}

/** One sample: the process that was running, and where, from the innermost function outwards. */
export interface StackSample {
  readonly pid: number;
  readonly frames: readonly RawFrame[];
}

/** What `perf script -F` is asked for; this reader knows no other. */
export const scriptFields = 'pid,tid,ip,sym,dso';

const headLine = /^\s*(\d+)\/\d+\s*:?\s*$/;
const frameLine = /^\s+([0-9a-f]+) (.*) \(([^()]*(?:\([^()]*\)[^()]*)*)\)$/;

/**
 * Reads what `perf script` prints: a line for the process, one for each function, an empty one.
 * @throws FailedError for a line that is neither.
 */
export async function* readSamples(lines: AsyncIterable<string>): AsyncGenerator<StackSample> {
  // A run has millions of lines, and few thousands of different ones.
  const known = new Map<string, RawFrame>();
  let pid: number | null = null;
  let frames: RawFrame[] = [];
  for await (const line of lines) {
    if (line.trim() === '') {
      if (pid !== null) yield { pid, frames };
      pid = null;
      frames = [];
      continue;
    }
    if (pid === null) {
      pid = processOf(line);
      continue;
    }
    const frame = known.get(line) ?? frameOf(line);
    known.set(line, frame);
    frames.push(frame);
  }
  if (pid !== null) yield { pid, frames };
}

function processOf(line: string): number {
  const pid = headLine.exec(line)?.[1];
  if (pid === undefined) throw notUnderstood(line);
  return Number(pid);
}

function frameOf(line: string): RawFrame {
  const [, place, symbol, object] = frameLine.exec(line) ?? [];
  if (place === undefined || symbol === undefined || object === undefined) throw notUnderstood(line);
  return {
    place: Number.parseInt(place, 16),
    symbol: symbol === '[unknown]' ? null : symbol,
    object: object.replace(/ \(deleted\)$/, ''),
  };
}

function notUnderstood(line: string): FailedError {
  return new FailedError(
    `"perf script" printed a line that filterbench does not understand: ${JSON.stringify(line.slice(0, 200))}`,
    'report it with the version that "perf --version" prints',
  );
}
