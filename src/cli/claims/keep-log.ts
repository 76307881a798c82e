import { existsSync, renameSync } from 'node:fs';
import { join, relative } from 'node:path';
import { logFile } from '../../run-log/index.js';

/** Moves the log of a bench to where all is one run: the bench's own folder ends then. */
export function keepLog(bench: string, dir: string, say: (line: string) => void): void {
  const log = join(bench, logFile);
  if (!existsSync(log)) return;
  const kept = join(dir, logFile);
  renameSync(log, kept);
  say(`log: ${relative('.', kept)}`);
}
