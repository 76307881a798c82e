import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ExitCode } from '../../src/errors.js';
import { readRun } from '../../src/results/store/index.js';
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

it('a bench that was cut off is gone on with by the same command, and by no other', async () => {
  const out = join(place.dir, 'claims');
  const asked = (scenario: string) => [
    ...['claims', '--only', 'perf-lua-over-wasm', '--scenarios', scenario, '--seed', '11', '--budget', '90s'],
    ...['--out', out, '--json', '--verbose'],
  ];
  const unfinished = () => readdirSync(out).filter((name) => name.startsWith('bench-unfinished-'));
  const isFirstRestartDone = () => {
    try {
      const [bench = ''] = unfinished();
      return readFileSync(join(out, bench, 'evidence.ndjson'), 'utf8').includes('"restart-done"');
    } catch {
      return false;
    }
  };
  const cut = place.start(asked('headers'));
  let over = false;
  void cut.ended.then(() => {
    over = true;
  });
  await expect.poll(() => over || isFirstRestartDone(), { timeout: 100_000, interval: 20 }).toBe(true);
  cut.killGroup('SIGINT');
  expect((await cut.ended).code, cut.stderr()).toBe(ExitCode.interrupted);
  expect(cut.stderr()).toMatch(/next: the same command with --out .*claims goes on from here/);
  const [begun] = unfinished();

  const other = await place.run(asked('noop'));
  expect(other.code, other.stderr).toBe(ExitCode.badInput);
  expect(other.stderr).toMatch(/is of another plan: "bench .* --scenarios headers .*" *, and not "bench /);
  expect(unfinished()).toEqual([begun]);

  const whole = await place.run(asked('headers'));
  expect(whole.code, whole.stderr).toBe(ExitCode.done);
  expect(whole.stderr).toContain(`${begun} was cut off: going on with it`);
  const { run } = await readRun(out);
  expect(run).toMatchObject({ status: 'complete', seed: 11, resumptions: [{ attempt: 1 }] });
  expect(run.resumptions?.[0]?.restartsDone).toBeGreaterThanOrEqual(1);
  expect(wordsIn(whole.stdout)).toEqual([expect.stringMatching(/^perf-lua-over-wasm: /)]);
  expect(unfinished()).toEqual([]);
  // Of both tries, in one file.
  const begins = readFileSync(join(out, 'filterbench.log'), 'utf8').match(/"event":"begin"/g);
  expect(begins).toHaveLength(2);
  expect(place.processes()).toEqual([]);
}, 400_000);
