import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { countingBy } from '../../../src/results/analyse/index.js';
import type { Evidence, Run, Sample } from '../../../src/results/schema/index.js';
import { readRun, readWhole } from '../../../src/results/store/index.js';
import { makePlan, type PlanRequest, type ScenarioPlan } from '../../../src/schedule/plan.js';
import { type Profile, profiles } from '../../../src/schedule/profiles.js';
import type { FakeOptions } from '../../schedule/fake-executor.js';
import { fakeArm } from '../../schedule/fixture-plan.js';
import { begin, noiseOf, resume } from './fake-life.js';

const truth = { baseline: { envoyUs: 34 }, lua: { envoyUs: 40 }, 'wasm/rust': { envoyUs: 46 } };
const aboveLimit = { way: 'request', limitBytes: 4, sentBytes: 5, status: 413, arrivedBytes: 0 } as const;

let parent = '';
let folders = 0;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'filterbench-test-'));
});
afterEach(() => rmSync(parent, { recursive: true }));

function newDir(): string {
  folders += 1;
  return join(parent, `run-${folders}`);
}

function scenarioOf(name: string, variants: readonly string[]): ScenarioPlan {
  const arms = [['baseline', false], ['baseline', true], ...variants.map((one) => [one, false])] as const;
  return {
    scenario: name,
    arms: arms.map(([variant, twin]) => fakeArm(String(variant), Boolean(twin), name)),
  };
}

function planOf(profile: Partial<Profile>, request: Partial<PlanRequest> = {}) {
  const scenarios = ['a', 'b'].map((name) => scenarioOf(name, ['lua', 'wasm/rust']));
  const whole = { ...profiles.quick, rounds: { least: 2, most: 4 }, rates: [2_000], ...profile };
  return makePlan({ profile: whole, scenarios, seed: 5, budgetSeconds: 10, ...request });
}

const withoutAttempt = ({ attempt: _attempt, ...line }: Sample | Evidence) => line;
// How a fake clock's times come out differs in the last digit, where they are added up in another order.
const toMs = (line: object) =>
  JSON.parse(
    JSON.stringify(line, (name, value) =>
      /seconds$/i.test(name) && typeof value === 'number' ? Math.round(value * 1_000) : value,
    ),
  );

/** What a run rests on: its lines that count, and all that follows from them. */
async function restsOn(dir: string) {
  const { run, ...stored } = await readRun(dir);
  const counts = countingBy(stored.evidence);
  const evidence = stored.evidence.filter((item) => item.kind !== 'abandoned' && counts(item));
  return {
    run,
    stored,
    samples: stored.samples.filter(counts).map(withoutAttempt),
    evidence: evidence.map((item) => toMs(withoutAttempt(item))),
    analysed: numbersOf((await readWhole(dir)).run),
  };
}

function numbersOf({ resumptions: _resumptions, finishedAt: _finishedAt, ...run }: Run) {
  return { ...toMs(run), warnings: run.warnings.filter(({ code }) => code !== 'resumed') };
}

/** A life up to the line, one from there on, and where it is asked for a cut in that one, too: all must be as in one life. */
async function expectSame(
  plan: ReturnType<typeof planOf>,
  fake: FakeOptions,
  cuts: (
    lines: number,
    restarts: readonly (number | null)[],
  ) => readonly { at: number; again?: number; torn?: boolean }[],
) {
  const whole = newDir();
  const uncut = await begin(whole, { plan, fake });
  const expected = await restsOn(whole);
  expect(expected.run.status).toBe('complete');
  const restarts = [...expected.stored.samples, ...expected.stored.evidence].map(({ restart }) => restart);
  const lines = restarts.length;
  for (const { at, again, torn = false } of cuts(lines, restarts)) {
    const dir = newDir();
    const where = `cut at line ${at} of ${lines}${again ? `, and ${again} later` : ''}`;
    expect((await begin(dir, { plan, fake, killAt: at, torn })).run, where).toBeNull();
    if (again !== undefined) await resume(dir, { plan, fake, killAt: again, torn });
    const { run, log, said } = await resume(dir, { plan, fake });
    const found = await restsOn(dir);
    expect(found.samples, where).toEqual(expected.samples);
    expect(found.evidence, where).toEqual(expected.evidence);
    expect(found.analysed, where).toEqual(expected.analysed);
    expect(numbersOf(run!), where).toEqual(expected.analysed);
    expect(log.layouts, where).toEqual(
      uncut.log.layouts.slice(uncut.log.layouts.length - log.layouts.length),
    );
    expect(found.run).toMatchObject({ status: 'complete', id: expected.run.id });
    expect(found.run.resumptions).toHaveLength(again === undefined ? 1 : 2);
    expect(said.some((text) => text.includes('ended within a line'))).toBe(torn);
    rmSync(dir, { recursive: true });
  }
  return expected;
}

const every = (step: number) => (lines: number) =>
  Array.from({ length: Math.ceil(lines / step) }, (_, index) => ({ at: 1 + index * step }));

describe('a run that is killed and gone on with is the run that it would have been', () => {
  const fake: FakeOptions = {
    truth,
    seed: 1,
    aboveLimit: { ...aboveLimit, outcome: 'refused' },
    ...noiseOf(() => 2),
    // An arm that fails in the middle of a run stays away afterwards.
    badOf: ({ arm, restart }) => (arm.startsWith('b/wasm') && restart === 1 ? 2 : 0),
  };
  const plan = planOf({ restarts: 3, rounds: { least: 1, most: 1 } });

  it('wherever it is killed', async () => {
    const { run, stored } = await expectSame(plan, fake, every(7));
    expect(run.arms.filter(({ status }) => status === 'invalid')).toHaveLength(1);
    expect(new Set(stored.samples.map(({ restart }) => restart)).size).toBe(3);
  });

  it('in the middle of a line', async () => {
    await expectSame(plan, fake, (lines) => every(17)(lines).map(({ at }) => ({ at, torn: true })));
  });

  it('between restarts, and right before and after', async () => {
    const dir = newDir();
    await begin(dir, { plan, fake });
    const isEnd = (line: string) => line.includes('"restart-done"');
    // Samples go into another file, so it takes the number of lines until then of both.
    const { samples } = await readRun(dir);
    const ends = readFileSync(join(dir, 'evidence.ndjson'), 'utf8')
      .split('\n')
      .flatMap((line, index) => {
        if (!isEnd(line)) return [];
        const { restart, scenario } = JSON.parse(line);
        const until = samples.findLastIndex(
          (sample) => sample.restart === restart && sample.arm.startsWith(`${scenario}/`),
        );
        return [index + 1 + until + 1];
      });
    expect(ends).toHaveLength(6);
    await expectSame(plan, fake, (lines) =>
      ends.flatMap((end) => [end, end + 1].filter((at) => at <= lines).map((at) => ({ at }))),
    );
  });

  it('again and again', async () => {
    await expectSame(plan, fake, (lines) =>
      [2, 20, 45, 80].flatMap((at) => [3, 30].map((again) => ({ at: Math.min(at, lines), again }))),
    );
  });

  it('without load, when arms are only proven', async () => {
    await expectSame(planOf({}, { proveOnly: true }), fake, every(3));
  });
});

describe('decisions of a run that is gone on with are those that it would have made', () => {
  // One scenario is so noisy that it gets all the time that is left.
  const isNoisy = ({ arm }: { arm: string }) => arm.startsWith('a/');
  const fake: FakeOptions = {
    truth,
    seed: 1,
    ...noiseOf(
      () => 0.3,
      (spec) => (isNoisy(spec) ? 8 : 0.3),
    ),
  };
  const lean = { rates: [], unloadedRounds: 0, warmUpSlices: 0 };

  it('how many rounds a restart has, who leaves, and when it ends', async () => {
    const plan = planOf(
      { ...lean, rounds: { least: 2, most: 5 } },
      { precision: { us: 0.6, share: 0 }, budgetSeconds: 120 },
    );
    const { run, stored } = await expectSame(plan, fake, (lines, restarts) => {
      // Right after the first restarts the number of rounds is decided, and stands nowhere yet.
      const pilot = restarts.filter((restart) => restart !== null && restart < 3).length;
      return [...every(131)(lines), { at: pilot + 1 }, { at: pilot + 9 }, { at: pilot, again: 20 }];
    });
    const restarts = run.conduct!.restarts!.map((one) => one.restarts);
    // Else it would show nothing.
    expect(restarts[1]).toBe(12);
    expect(restarts[0]).toBeGreaterThan(12);
    const roundsOf = (restart: number) =>
      Math.max(...stored.samples.filter((one) => one.restart === restart).map(({ round }) => round));
    expect(roundsOf(0)).not.toBe(roundsOf(3));
  });

  it('by the first restarts and the time that they took, whatever is known since', async () => {
    const scenarios = [scenarioOf('a', ['lua'])];
    const both: FakeOptions = {
      truth,
      seed: 1,
      ...noiseOf(
        () => 3,
        () => 1.5,
      ),
    };
    const request = { scenarios, precision: { us: 0.1, share: 0 } };
    for (const budgetSeconds of [60, 200]) {
      const plan = planOf({ ...lean, rounds: { least: 2, most: 24 } }, { ...request, budgetSeconds });
      await expectSame(plan, both, (lines, restarts) => {
        const pilot = restarts.filter((restart) => restart !== null && restart < 3).length;
        return [{ at: pilot + 1 }, { at: Math.round(lines * 0.7) }, { at: lines - 3 }];
      });
    }
  });

  it('which scenario has no time for another restart', async () => {
    const scenarios = [
      scenarioOf('a', ['lua']),
      scenarioOf('b', ['lua', 'wasm/rust', 'cpp']),
      scenarioOf('c', ['lua']),
    ];
    const costs: FakeOptions = { ...fake, truth: { ...truth, cpp: { envoyUs: 36 } } };
    const plan = planOf(lean, { scenarios, budgetBinds: true, budgetSeconds: 31 });
    const { run } = await expectSame(plan, costs, every(13));
    expect(run.conduct!.stopped).toBe('budget');
    const [a, b] = run.conduct!.restarts!.map((one) => one.restarts);
    expect(a).not.toBe(b);
  });
});
