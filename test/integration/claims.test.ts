import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ExitCode } from '../../src/errors.js';
import { openPlace, type Place } from './cli-place.js';

let place: Place;
beforeEach(() => {
  place = openPlace();
});
afterEach(() => place[Symbol.asyncDispose]());

const wordsIn = (json: string) =>
  JSON.parse(json).verdicts.map(({ claim, word }: { claim: string; word: string }) => `${claim}: ${word}`);

it('what a claim needs is gathered from real Envoys, judged and kept; a second time nothing is gathered', async () => {
  const out = join(place.dir, 'claims');
  const asked = ['claims', '--only', 'cap-lua-inline', '--out', out, '--json'];
  const first = await place.run(asked);
  expect(first.code, first.stderr).toBe(ExitCode.done);
  expect(wordsIn(first.stdout)).toEqual(['cap-lua-inline: supported']);
  expect(readdirSync(out).sort()).toEqual(['probes', 'verdicts.json']);
  expect(readFileSync(join(out, 'verdicts.json'), 'utf8')).toBe(first.stdout);
  const again = await place.run(asked);
  expect(again.stderr).toContain('not gathered again');
  expect(again.stdout).toBe(first.stdout);
  const judged = await place.run([
    'claims',
    '--from',
    join(out, 'probes'),
    '--only',
    'cap-lua-inline',
    '--json',
  ]);
  expect(judged.stdout).toBe(first.stdout);
}, 180_000);

it('a command that can do nothing ends it, and leaves no whole folder behind', async () => {
  const out = join(place.dir, 'claims');
  mkdirSync(out);
  const { code, stderr } = await place.run([
    ...['claims', '--only', 'iso-lua', '--envoy', '/nowhere/envoy', '--out', out],
  ]);
  expect(code).toBe(ExitCode.gateFailed);
  expect(stderr).toContain('"filterbench faults" ended with exit code 2');
  expect(existsSync(join(out, 'faults'))).toBe(false);
}, 60_000);
