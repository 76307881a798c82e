import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRunLog } from '../../src/run-log/index.js';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'filterbench-log-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const never = (message: string) => {
  throw new Error(message);
};
const linesOf = (path: string) =>
  readFileSync(path, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));

describe('the log of --verbose', () => {
  it('keeps what was noted until it is told to write, also what was before it had a file', () => {
    const path = join(dir, 'run', 'filterbench.log');
    const log = openRunLog({ warn: never });
    log.note('first', { text: 'two\nlines' });
    log.writeTo(path);
    expect(linesOf(path)).toMatchObject([{ event: 'first', text: 'two\nlines' }]);
    log.note('second', { count: 2 });
    expect(linesOf(path)).toHaveLength(1);
    log.flush();
    expect(linesOf(path)).toMatchObject([{ event: 'first' }, { event: 'second', count: 2 }]);
    log.note('third', {});
    expect(log.close()).toBe(path);
    const [first, second, third] = linesOf(path);
    expect(third.event).toBe('third');
    for (const { at } of [first, second, third]) expect(new Date(at).toISOString()).toBe(at);
    expect(first.ms).toBeGreaterThanOrEqual(0);
    expect(third.ms).toBeGreaterThanOrEqual(second.ms);
  });

  it('goes on at the end of a file that is there: a resumed run has one log', () => {
    const path = join(dir, 'filterbench.log');
    for (const event of ['begun', 'resumed']) {
      const log = openRunLog({ warn: never });
      log.note(event, {});
      log.writeTo(path);
      log.close();
    }
    expect(linesOf(path).map(({ event }) => event)).toEqual(['begun', 'resumed']);
  });

  it('that cannot be written warns once, ends nothing, and keeps nothing more', () => {
    writeFileSync(join(dir, 'file'), '');
    const warnings: string[] = [];
    const log = openRunLog({ warn: (message) => warnings.push(message) });
    log.note('lost', {});
    log.writeTo(join(dir, 'file', 'filterbench.log'));
    log.note('lost', {});
    log.flush();
    expect(log.close()).toBeNull();
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(
      /^the log of --verbose cannot be written: (ENOTDIR|EEXIST).*goes on without it$/,
    );
  });

  it('is written by an end of ours that nobody waited for', () => {
    const before = process.listeners('exit');
    const written: string[] = [];
    const log = openRunLog({ warn: never, append: (_, text) => written.push(text) });
    log.writeTo('somewhere');
    log.note('last', {});
    const [flush] = process.listeners('exit').filter((listener) => !before.includes(listener));
    flush!.call(process, 130);
    expect(written.join('')).toContain('"last"');
    log.close();
    expect(process.listeners('exit')).toEqual(before);
  });
});
