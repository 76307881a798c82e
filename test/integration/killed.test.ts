import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_ENVOY_VERSION, resolveEnvoy } from '../../src/envoy/binary/index.js';
import { ExitCode } from '../../src/errors.js';
import { readRun } from '../../src/results/store/index.js';
import { type CliRun, openPlace, type Place } from './cli-place.js';
import { expectNothingLeft, expectOneError, generatorOf, linesOf, reach, workload } from './moments.js';

// A download would be in the way.
beforeAll(async () => {
  await resolveEnvoy(DEFAULT_ENVOY_VERSION);
});

let place: Place;
let out = '';
beforeEach(() => {
  place = openPlace();
  out = join(place.dir, 'run');
});
afterEach(() => place[Symbol.asyncDispose]());

const timeout = 300_000;

/** A run whose load has begun. */
async function underLoad(): Promise<CliRun> {
  const what = ['--mechanisms', 'lua,ext-proc/rust-uds', '--budget', '1s', '--seed', '3'];
  const run = place.start(['bench', '--runtime', 'native', '--profile', 'smoke', ...what, '--out', out]);
  await reach(run, () => linesOf(out, 'samples.ndjson') >= 3);
  return run;
}

const kill = (pid: number) => process.kill(pid, 'SIGKILL');
const resume = () => place.run(['bench', '--resume', out]);

async function arms() {
  const { run } = await readRun(out);
  return new Map(run.arms.map(({ id, status, reason }) => [id, { status, reason }]));
}

describe('what an arm needs is killed while load runs', { timeout }, () => {
  it('its Envoy, or its server: it is invalid, who died and how is the reason, and the others go on', async () => {
    const run = await underLoad();
    kill(workload(place, 'headers-lua'));
    kill(workload(place, 'headers-ext-proc-rust-uds-server'));
    expect(await run.ended, run.stderr()).toEqual({ code: ExitCode.gateFailed, signal: null });
    expectNothingLeft(place);
    const { run: stored } = await readRun(out);
    expect(stored.status).toBe('complete');
    const found = await arms();
    expect(found.get('headers/lua@1.40.0')).toEqual({
      status: 'invalid',
      reason: expect.stringMatching(/: Envoy was ended by SIGKILL/),
    });
    expect(found.get('headers/ext-proc/rust-uds@1.40.0')).toEqual({
      status: 'invalid',
      reason: expect.stringMatching(/: the external server was ended by SIGKILL/),
    });
    for (const id of [
      'headers/baseline@1.40.0',
      'headers/lua@1.40.0+twin',
      'headers/ext-proc/rust-uds@1.40.0+twin',
    ])
      expect(found.get(id), id).toEqual({ status: 'valid', reason: null });
    expect(run.stdout()).toContain('invalid');
  });

  it("the baseline's Envoy: the run ends, says so, and keeps what was measured", async () => {
    const run = await underLoad();
    kill(workload(place, 'headers-baseline'));
    expect((await run.ended).code).toBe(ExitCode.gateFailed);
    expectNothingLeft(place);
    expectOneError(run.stderr());
    expect(run.stderr()).toMatch(/error: the baseline of headers fails.*Envoy was ended by SIGKILL/);
    expect(linesOf(out, 'samples.ndjson')).toBeGreaterThanOrEqual(3);
    expect((await readRun(out)).run.status).toBe('failed');
  });
});

describe('what measures is killed while load runs: no arm is blamed, and the run can be gone on with', {
  timeout,
}, () => {
  it.each([
    ['the load generator', 'the load generator was ended by SIGKILL', () => generatorOf(place)],
    ['the upstream of proofs', 'the upstream was ended by SIGKILL', () => workload(place, 'echo')],
  ])('%s', async (_, message, whom) => {
    const run = await underLoad();
    kill(whom());
    expect((await run.ended).code).toBe(ExitCode.gateFailed);
    expectNothingLeft(place);
    expectOneError(run.stderr());
    expect(run.stderr()).toContain(`error: ${message}`);
    expect(run.stderr()).toContain('to go on: filterbench bench --resume run');
    const cut = await readRun(out);
    expect(cut.run.status).toBe('failed');
    expect(cut.samples.length).toBeGreaterThanOrEqual(3);
    expect([...(await arms()).values()].map(({ status }) => status)).not.toContain('invalid');

    const resumed = await resume();
    expect(resumed.code, resumed.stderr).toBe(ExitCode.done);
    expect((await readRun(out)).run.status).toBe('complete');
    expect([...(await arms()).values()].every(({ status }) => status === 'valid')).toBe(true);
  });
});
