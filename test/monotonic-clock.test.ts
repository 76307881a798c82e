import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packagePaths } from '../src/paths.js';

const src = join(packagePaths.root, 'src');

/** Lines of source that read the wall clock, as `file: line`. */
function readersOfWallClock(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /\bDate\.now\b|\bnew Date\(\)|\bDate\(\)|performance\.timeOrigin/.test(line));
}

function inRoom(room: string): string[] {
  const dir = join(src, room);
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) =>
      readersOfWallClock(readFileSync(join(dir, name), 'utf8')).map(
        (line) => `${relative(src, join(dir, name))}: ${line}`,
      ),
    );
}

/** Where the time of day is what is meant: labels of runs, ages of files, and what a token says of itself. */
const labels = [
  /^cli\/.*\.toISOString\(\)/,
  'cli/run/measure-run.ts: const startedAt = new Date();',
  /^cli\/run\/record\.ts: .*resumedHeader\(/,
  /^compat\/cell\.ts: triedAt: /,
  /^envoy\/binary\/fetch-into-cache\.ts: fetchedAt: /,
  /^envoy\/binary\/staging\.ts: .*mtimeMs/,
  /^ext-server-node\/jobs\/jwt\.ts: .*isTimely/,
  /^results\/store\/record-run\.ts: const finishedAt = /,
  // Beside it every line of the log has the monotonic clock.
  'run-log/run-log.ts: const at = new Date().toISOString();',
  /^runtime\/scratch\.ts: .*mtimeMs/,
] as const;

describe('the wall clock, which may jump', () => {
  it.each(['schedule', 'session', 'load', 'measure', 'stats'])('is read nowhere in src/%s', (room) => {
    expect(readdirSync(join(src, room)).length).toBeGreaterThan(0);
    expect(inRoom(room)).toEqual([]);
  });

  it('is read for labels and ages of files alone in all else', () => {
    const all = inRoom('.');
    const unknown = all.filter(
      (line) => !labels.some((known) => (typeof known === 'string' ? known === line : known.test(line))),
    );
    expect(unknown).toEqual([]);
    expect(all.length).toBeGreaterThan(5);
  });

  it('would be found where it is read', () => {
    expect(readersOfWallClock('const begun = Date.now();\nconst label = 1;\n x(new Date())')).toHaveLength(2);
  });
});
