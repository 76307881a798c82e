import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/** The file of `--verbose`, in a run's folder. */
export const logFile = 'filterbench.log';

/** What happens in a run, line by line, for whoever must find out afterwards what went wrong. */
export interface RunLog {
  /** Notes that something happened now. It stays in memory: slices may run. */
  note(event: string, about: Readonly<Record<string, unknown>>): void;
  /** Where lines go, those that were noted before as well. */
  writeTo(path: string): void;
  /** Writes what was noted; to be called where no slice runs. */
  flush(): void;
  /** Writes what is left; @returns the file, null where there is none, or not all could be written. */
  close(): string | null;
}

/** What a log works with, but for tests. */
export interface RunLogParts {
  /** Told once, where lines can't be written. */
  warn(message: string): void;
  readonly append?: (path: string, text: string) => void;
}

/**
 * Opens a log. Each line is a JSON object, as Envoy's words and configurations have line breaks of their own, with the wall clock in
 * `at`, and in `ms` the time since the log began, by a clock that nobody sets. A log that can't be written never ends a run.
 */
export function openRunLog({ warn, append = appendLines }: RunLogParts): RunLog {
  const begin = performance.now();
  let lines: string[] = [];
  let file: string | null = null;
  let isBroken = false;

  function flush(): void {
    if (file === null || isBroken || lines.length === 0) return;
    const text = lines.join('');
    lines = [];
    try {
      append(file, text);
    } catch (error) {
      isBroken = true;
      const problem = error instanceof Error ? error.message : String(error);
      warn(`the log of --verbose cannot be written: ${problem}; the run goes on without it`);
    }
  }
  // Where a second Ctrl-C ends us at once.
  process.once('exit', flush);

  return {
    note(event, about) {
      if (isBroken) return;
      const at = new Date().toISOString();
      const ms = Math.round((performance.now() - begin) * 10) / 10;
      lines.push(`${JSON.stringify({ at, ms, event, ...about })}\n`);
    },
    writeTo(path) {
      file = path;
      flush();
    },
    flush,
    close() {
      process.removeListener('exit', flush);
      flush();
      return isBroken ? null : file;
    },
  };
}

function appendLines(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  appendFileSync(path, text);
}
