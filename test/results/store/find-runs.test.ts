import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BadInputError } from '../../../src/errors.js';
import { findRunFolders, readNumbers } from '../../../src/results/store/index.js';
import { noisyRun } from '../compare/made-runs.js';

const parent = mkdtempSync(join(tmpdir(), 'filterbench-runs-'));
const inParent = (...names: string[]) => join(parent, ...names);
let text: string;
beforeAll(async () => {
  text = JSON.stringify((await noisyRun(1, { variants: ['lua', 'wasm/rust'], twins: ['lua'] })).run);
  for (const name of ['b', 'a', 'local/c', '.hidden', 'a/inside', 'local/deep/d']) file(name, text);
  file('local/deep/er/e', text);
  file('empty/x', text, 'other.json');
});
afterAll(() => rmSync(parent, { recursive: true }));

function file(dir: string, content: string, name = 'run.json'): string {
  const path = inParent(dir, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return dirname(path);
}

describe('folders of runs', () => {
  it('are those in a folder and two below, shallow ones first, and none within a run', async () => {
    expect(await findRunFolders([parent])).toEqual([inParent('a'), inParent('b'), inParent('local', 'c')]);
  });

  it('are what was given, once', async () => {
    const given = [inParent('local'), inParent('b'), inParent('local', 'c')];
    expect(await findRunFolders(given)).toEqual([
      inParent('local', 'c'),
      inParent('local', 'deep', 'd'),
      inParent('b'),
    ]);
  });

  it('that are not there are refused', async () => {
    await expect(findRunFolders([inParent('empty')])).rejects.toThrow(/^no run in /);
    await expect(findRunFolders([inParent('nowhere')])).rejects.toThrow(BadInputError);
  });
});

describe('the numbers of a run', () => {
  it('are its arms as they were written, without pairs and verdicts', async () => {
    const stored = JSON.parse(text);
    expect(stored.comparisons).not.toEqual([]);
    expect(await readNumbers(inParent('a'))).toEqual({
      ...stored,
      comparisons: [],
      slopes: [],
      verdicts: [],
    });
  });

  it.each<[string, (run: Record<string, unknown>) => string, object]>([
    [
      'half a file',
      () => text.slice(0, 900),
      { kind: 'damaged', reason: expect.stringMatching(/^run\.json: not valid JSON$/) },
    ],
    [
      'another shape',
      (run) => JSON.stringify({ ...run, arms: 3 }),
      { kind: 'damaged', reason: expect.stringMatching(/^run\.json: arms: /) },
    ],
    ['no object', () => '[]', { kind: 'damaged' }],
    [
      'a newer schema',
      (run) => JSON.stringify({ ...run, schema: 'filterbench/run@2' }),
      { kind: 'unknown-schema', reason: expect.stringMatching(/run@2.*run@1/) },
    ],
  ])('of %s are none, with the reason', async (name, content, expected) => {
    const dir = file(`broken ${name}`, content(JSON.parse(text)));
    expect(await readNumbers(dir)).toMatchObject({ dir, ...expected });
  });

  it('of a folder without any are none', async () => {
    expect(await readNumbers(inParent('nowhere'))).toMatchObject({ kind: 'damaged' });
  });
});
