import { existsSync, readFileSync } from 'node:fs';
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

const bench = (out: string) => [
  ...['bench', '--runtime', 'native', '--profile', 'smoke', '--budget', '5s'],
  ...['--mechanisms', 'lua', '--out', out, '--json'],
];

const logIn = (dir: string) =>
  readFileSync(join(dir, 'filterbench.log'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

it('--verbose keeps all that happened in the folder of the run, and stdout stays clean', async () => {
  const out = join(place.dir, 'run');
  const { code, stdout, stderr } = await place.run([...bench(out), '--verbose']);
  expect(code, stderr).toBe(ExitCode.done);
  expect(JSON.parse(stdout)).toMatchObject({ dir: out, status: 'complete' });
  expect(stderr).toMatch(/^log: .*filterbench\.log$/m);
  const lines = logIn(out);
  const of = (event: string) => lines.filter((line) => line.event === event);
  const times = lines.map(({ ms }) => ms);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  const { run, samples } = await readRun(out);
  expect(of('begin')[0]).toMatchObject({ seed: run.seed, command: run.command });
  expect(of('slice')).toHaveLength(samples.length);
  const envoy = of('ready').find(({ name }) => name === 'headers-lua');
  expect(envoy).toMatchObject({ role: 'envoy', pid: expect.any(Number), readyMs: expect.any(Number) });
  expect(envoy.command).toContain('--config-path');
  const config = of('file').find(({ path }) => envoy.command.includes(path));
  expect(config.text).toContain(`port_value: ${envoy.ports.listener}`);
  expect(of('ended').find(({ pid }) => pid === envoy.pid)).toMatchObject({ code: 0 });
  // Only level info says it.
  expect(of('printed').some(({ name, text }) => name === 'headers-lua' && text.includes('[info]'))).toBe(
    true,
  );
  expect(of('warning')).toHaveLength(run.warnings.length);
  expect(lines.at(-1)).toMatchObject({ event: 'end', status: 'complete' });
});

it('without it there is no log', async () => {
  const out = join(place.dir, 'run');
  const { code, stderr } = await place.run([...bench(out), '--prove-only']);
  expect(code, stderr).toBe(ExitCode.done);
  expect(existsSync(join(out, 'filterbench.log'))).toBe(false);
});

it.each([
  ['compat', 'wasm/rust', '--fresh'],
  ['faults', 'lua:error'],
  ['probes', 'lua/waits'],
])('%s keeps one, too, and its Envoys print no more than without it', async (...command) => {
  const out = join(place.dir, 'there');
  const { code, stdout, stderr } = await place.run([
    ...command,
    ...['--envoy', '1.40.0', '--out', out, '--json', '--verbose'],
  ]);
  expect(code, stderr).toBe(ExitCode.done);
  expect(() => JSON.parse(stdout)).not.toThrow();
  expect(stderr).toMatch(/^log: .*filterbench\.log$/m);
  const lines = logIn(out);
  const envoy = lines.find(({ event, role }) => event === 'ready' && role === 'envoy');
  expect(envoy.command).toContain('warning');
  expect(lines.some(({ event, pid }) => event === 'ended' && pid === envoy.pid)).toBe(true);
  expect(lines.some(({ event }) => event === 'said')).toBe(true);
  expect(lines.filter(({ event, text }) => event === 'printed' && text.includes('[info]'))).toEqual([]);
  expect([lines[0].event, lines.at(-1).event]).toEqual(['begin', 'end']);
});

it('a log of a command that failed says by what', async () => {
  const out = join(place.dir, 'there');
  const { code } = await place.run([
    'faults',
    'lua:error',
    '--envoy',
    '/nowhere/envoy',
    '--out',
    out,
    '--verbose',
  ]);
  expect(code).not.toBe(ExitCode.done);
  expect(logIn(out).find(({ event }) => event === 'stopped')?.by).toContain('/nowhere/envoy');
});
