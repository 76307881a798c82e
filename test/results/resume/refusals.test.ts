import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BenchFlags, benchFlags } from '../../../src/cli/bench/options.js';
import { flagsToResume } from '../../../src/cli/bench/resume.js';
import { BadInputError } from '../../../src/errors.js';
import type { RunHeader } from '../../../src/results/analyse/index.js';
import type { Evidence, Fingerprint } from '../../../src/results/schema/index.js';
import { ownRunFolder, readRun, readRunFile, readWhole } from '../../../src/results/store/index.js';
import { profiles } from '../../../src/schedule/profiles.js';
import { fakeArms, fakePlan } from '../../schedule/fixture-plan.js';
import { fakeFingerprint } from '../../support/fingerprint.js';
import { begin, noiseOf, resume } from './fake-life.js';

const truth = {
  baseline: { envoyUs: 34 },
  lua: { envoyUs: 40 },
  'wasm/rust': { envoyUs: 46 },
  'ext-proc/rust-uds': { envoyUs: 90, serverUs: 30 },
};
const fake = { truth, seed: 1, ...noiseOf(() => 1) };
const plan = fakePlan(fakeArms, profiles.smoke);
const envoy = { version: '1.40.0', build: 'Clean', sha256: '0', source: 'wheel', pinned: true } as const;
// A line of the second restart, in the middle of its load.
const killAt = 95;

let parent = '';
let dir = '';
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'filterbench-test-'));
  dir = join(parent, 'run');
});
afterEach(() => rmSync(parent, { recursive: true }));

const evidenceText = () => readFileSync(join(dir, 'evidence.ndjson'), 'utf8');

async function refusal(work: Promise<unknown>): Promise<BadInputError> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(BadInputError);
  expect((error as BadInputError).message).not.toContain('\n');
  expect((error as BadInputError).next).not.toBe('');
  return error as BadInputError;
}

const machine = (more: Partial<Fingerprint>) => ({ fingerprint: { ...fakeFingerprint(), ...more } });

describe('what is not as it was is refused, and the run stays as it is', () => {
  it.each<[string, Partial<RunHeader>, string]>([
    ['another machine', machine({ cpu: 'Other' }), 'cpu was '],
    ['more cores', machine({ cores: 64 }), 'and is 64'],
    [
      'another placement',
      machine({ placement: { ...fakeFingerprint().placement, pinned: !fakeFingerprint().placement.pinned } }),
      'placement was ',
    ],
    ['another client', machine({ tools: { client: 'another' } }), 'tools was '],
    ['another filterbench', { filterbench: '9.9.9' }, 'filterbench was 0.1.0 and is 9.9.9'],
    [
      'another Envoy of the same version',
      { envoys: [{ ...envoy, sha256: 'f', runtime: 'native' }] },
      'Envoy 1.40.0, native, sha256 f was not there',
    ],
    ['another runtime', { envoys: [{ ...envoy, runtime: 'docker', network: 'host' }] }, 'docker (host)'],
    [
      'another filter',
      { artefacts: [{ path: 'lua/x.lua', sha256: '1', shipped: true }] },
      'artefact lua/x.lua, sha256 1 was not there',
    ],
    ['another budget', { plan: { ...plan.summary, budgetSeconds: 1 } }, 'another plan'],
    ['another seed', { seed: 2 }, 'another plan'],
  ])('%s', async (_what, header, expected) => {
    await begin(dir, { plan, fake, killAt, torn: true });
    const before = [evidenceText(), readFileSync(join(dir, 'run.json'), 'utf8')];
    const error = await refusal(resume(dir, { plan, fake, header }));
    expect(error.message).toContain(expected);
    expect([evidenceText(), readFileSync(join(dir, 'run.json'), 'utf8')]).toEqual(before);
    // The same again is not.
    expect((await resume(dir, { plan, fake })).run?.status).toBe('complete');
  });

  it('but not how busy the machine is', async () => {
    await begin(dir, { plan, fake, killAt });
    const header = machine({ loadAverage1m: 7, stealShare: 0.5, cgroupThrottledMs: 3, thermalThrottles: 1 });
    expect((await resume(dir, { plan, fake, header })).run?.status).toBe('complete');
  });

  it('arms that were not there', async () => {
    await begin(dir, { plan: fakePlan(fakeArms.slice(0, 5), profiles.smoke), fake, killAt: 40 });
    const error = await refusal(resume(dir, { plan, fake }));
    expect(error.message).toContain('arm headers/ext-proc/rust-uds@1.40.0 was not there');
  });
});

describe('there is nothing to go on with', () => {
  it('in a complete run', async () => {
    await begin(dir, { plan, fake });
    expect((await refusal(resume(dir, { plan, fake }))).message).toContain('is complete');
    expect((await refusal(flagsToResume(dir, parsed('--resume', dir)))).message).toContain('is complete');
  });

  it('in a folder that holds no run', async () => {
    const error = await refusal(flagsToResume(dir, parsed('--resume', dir)));
    expect(error.message).toBe(`${join(dir, 'run.json')} cannot be read`);
  });

  it('while another process writes it', async () => {
    await begin(dir, { plan, fake, killAt });
    using _other = ownRunFolder(dir);
    expect((await refusal(resume(dir, { plan, fake }))).message).toContain('is being written by process');
  });

  it('in a run of another command', async () => {
    await begin(dir, { plan, fake, killAt, header: { command: ['calibrate', '--seed', '1'] } });
    const error = await refusal(flagsToResume(dir, parsed('--resume', dir)));
    expect(error.message).toContain('"filterbench calibrate"');
  });

  it('in a run that keeps no account of its restarts', async () => {
    await begin(dir, { plan, fake, killAt });
    const lines = evidenceText().split('\n');
    writeFileSync(
      join(dir, 'evidence.ndjson'),
      lines.filter((line) => !line.includes('restart-done')).join('\n'),
    );
    expect((await refusal(resume(dir, { plan, fake }))).message).toContain('an older filterbench');
  });
});

const parsed = (...args: readonly string[]) =>
  benchFlags(new Command('bench')).exitOverride().parse(args, { from: 'user' });

describe('the flags of a run that is gone on with', () => {
  it('are those that it was begun with, and what was drawn and found then', async () => {
    const command = ['bench', '--profile', 'smoke', '--mechanisms', 'lua,wasm', '--rate', '500', '--json'];
    await begin(dir, { plan, fake, killAt, header: { command } });
    const flags = await flagsToResume(dir, parsed('--resume', dir));
    expect(flags).toMatchObject({ profile: 'smoke', mechanisms: ['lua', 'wasm'], rate: [500], json: false });
    expect(flags).toMatchObject({ seed: plan.seed, runtime: 'native', resume: dir });
    expect((await flagsToResume(dir, parsed('--json', '--resume', dir))).json).toBe(true);
    expect(flags.verbose).toBe(false);
    expect((await flagsToResume(dir, parsed('--verbose', '--resume', dir))).verbose).toBe(true);
  });

  it.each<[string, readonly string[]]>([
    ['--seed', ['--seed', '1']],
    ['--budget', ['--budget', '5m']],
    // Even where it is the default.
    ['--profile', ['--profile', 'quick']],
    ['--out', ['--out', 'elsewhere']],
    ['--strict', ['--strict']],
    ['--dry-run', ['--dry-run']],
  ])('no other may be given: %s', async (name, args) => {
    const error = await refusal(flagsToResume(dir, parsed('--resume', dir, ...args)));
    expect(error.message).toContain(name);
  });

  it('are refused where this filterbench does not know them', async () => {
    await begin(dir, { plan, fake, killAt, header: { command: ['bench', '--colour', 'red'] } });
    const error = await refusal(flagsToResume(dir, parsed('--resume', dir)));
    expect(error.message).toContain('--colour');
    expect(parsed().opts<BenchFlags>().resume).toBeUndefined();
  });
});

describe('what was cut off', () => {
  it('stays in the files, is marked, and says nothing about an arm', async () => {
    await begin(dir, { plan, fake, killAt });
    const { samples: before } = await readRun(dir);
    // Envoys that are killed a moment before us look like arms that fail.
    const failure: Evidence = {
      schema: 'filterbench/evidence@1',
      kind: 'load',
      arm: 'headers/lua@1.40.0',
      restart: 1,
      purpose: 'measure',
      round: 0,
      passed: false,
      problem: 'connection refused',
    };
    appendFileSync(join(dir, 'evidence.ndjson'), `${JSON.stringify(failure)}\n`);
    expect((await readWhole(dir)).run.arms.some(({ status }) => status === 'invalid')).toBe(true);
    const { run } = await resume(dir, { plan, fake });
    expect(run?.arms.every(({ status }) => status === 'valid')).toBe(true);
    const { samples, evidence } = await readRun(dir);
    expect(samples.slice(0, before.length)).toEqual(before);
    expect(evidence).toContainEqual(failure);
    const marks = evidence.filter((item) => item.kind === 'abandoned');
    expect(new Set(marks.map(({ arm }) => arm))).toEqual(new Set(fakeArms.map(({ id }) => id)));
    expect(
      marks.every(({ restart, ofAttempt, attempt }) => restart === 1 && ofAttempt === 0 && attempt === 1),
    ).toBe(true);
  });

  it('is told in a warning, and warnings of half a run are gone', async () => {
    const quick = fakePlan(fakeArms, { ...profiles.quick, rounds: { least: 1, most: 1 } });
    const own = { code: 'governor', message: 'the clock follows the load', next: 'mend it' };
    await begin(dir, { plan: quick, fake, killAt: 300, header: { warnings: [own] } });
    // As an interrupt leaves it: analysed as far as it got.
    const { run: half } = await readWhole(dir);
    expect(half.warnings.map(({ code }) => code)).toContain('few-restarts');
    writeFileSync(join(dir, 'run.json'), JSON.stringify(half));
    const { run } = await resume(dir, { plan: quick, fake });
    const codes = run!.warnings.map(({ code }) => code);
    expect(codes).toContain('governor');
    expect(codes).not.toContain('few-restarts');
    const told = run!.warnings.filter(({ code }) => code === 'resumed');
    expect(told).toHaveLength(1);
    const { restartsDone, abandoned } = run!.resumptions![0]!;
    expect(told[0]!.message).toContain(`after restart ${restartsDone} of headers`);
    expect(told[0]!.message).toContain(`restart ${restartsDone + 1} of headers was driven again`);
    expect(abandoned).toEqual([{ scenario: 'headers', restart: restartsDone }]);
    expect(await readRunFile(join(dir, 'run.json'))).toEqual(run);
  });
});
