import { describe, expect, it } from 'vitest';
import { runtimesLines } from '../../src/report/index.js';
import type { ArmResult, Estimate, Run } from '../../src/results/schema/index.js';
import { byRuntime, type Executor } from '../../src/schedule/executor.js';
import { seededRandom } from '../../src/schedule/random.js';
import { compareRuntimes, compareRuntimesByClass } from '../../src/selftest/runtimes.js';
import { fixtureRun } from '../report/fixture-run.js';

/** The plain run with every arm also in containers, where it adds as much more as it is told. */
function bothRuntimes(moreUs: number, restarts = 12, spreadUs = 0.2): Run {
  const run = fixtureRun();
  const random = seededRandom(7, 'runtimes');
  const moved = (estimate: Estimate): Estimate => {
    const perRestart = estimate.perRestart
      .slice(0, restarts)
      .map((value) => value + moreUs + spreadUs * (random() - 0.5));
    const mean = perRestart.reduce((sum, value) => sum + value, 0) / perRestart.length;
    return { ...estimate, perRestart, estimate: mean, restarts };
  };
  const docker = run.arms.map(
    (arm): ArmResult => ({
      ...arm,
      id: `${arm.id}/docker`,
      runtime: 'docker',
      overhead: arm.overhead && { ...arm.overhead, totalCpuUs: moved(arm.overhead.totalCpuUs) },
    }),
  );
  return { ...run, arms: [...run.arms, ...docker] };
}

describe('native and containers', () => {
  it('agree where nothing differs, and every arm that has numbers in both is held', () => {
    const compared = compareRuntimes(bothRuntimes(0));
    expect(compared).toHaveLength(25);
    for (const { relation, differenceUs, marginUs } of compared) {
      expect(relation).toBe('equivalent');
      expect(Math.abs(differenceUs)).toBeLessThan(0.2);
      expect(marginUs).toBeGreaterThanOrEqual(2);
    }
  });

  it('may differ by 2 µs or a tenth, and by no more', () => {
    const compared = compareRuntimes(bothRuntimes(4));
    const of = (variant: string) => compared.find((each) => each.variant === variant);
    expect(of('lua')).toMatchObject({ relation: 'more', marginUs: 2 });
    expect(of('ext-proc/rust')).toMatchObject({ relation: 'equivalent' });
    expect(of('ext-proc/rust')!.marginUs).toBeGreaterThan(5);
    expect(compareRuntimes(bothRuntimes(-9)).find(({ variant }) => variant === 'cpp')?.relation).toBe('less');
    const text = runtimesLines(compared).join('\n');
    expect(text).toMatch(/^lua +noop .* ±2\.00 +MORE in containers$/m);
  });

  it('are not told to agree by noise or by few restarts', () => {
    const noisy = compareRuntimes(bothRuntimes(0, 12, 60));
    expect(noisy.find(({ variant }) => variant === 'cpp')?.relation).toBe('undecided');
    for (const { relation } of compareRuntimes(bothRuntimes(0, 11))) expect(relation).toBe('undecided');
  });

  it('are held as classes, too, which tells where each arm is too noisy', () => {
    const noisy = bothRuntimes(0, 12, 16);
    const undecided = compareRuntimes(noisy).filter(({ relation }) => relation === 'undecided');
    expect(undecided.length).toBeGreaterThan(0);
    const classes = compareRuntimesByClass(noisy);
    expect(classes.map(({ variant, relation }) => [variant, relation])).toEqual([
      ['all in-process', 'equivalent'],
      ['all external', 'equivalent'],
    ]);
    const more = compareRuntimesByClass(bothRuntimes(4));
    expect(more.map(({ relation }) => relation)).toEqual(['more', 'equivalent']);
    expect(more[0]!.differenceUs).toBeCloseTo(4, 0);
  });
});

it('a restart goes to the executor of its runtime', async () => {
  const asked: string[] = [];
  const named = (name: string): Executor => ({
    openRestart: () => {
      asked.push(name);
      return Promise.reject(new Error('only asked'));
    },
  });
  const executor = byRuntime(
    new Map([
      ['native', named('native')],
      ['docker', named('docker')],
    ]),
  );
  const [arm] = fixtureRun().arms;
  const layout = { restart: 0, scenario: 'noop', envPaddingBytes: 0, seed: 1 };
  const open = (runtime: 'native' | 'docker') =>
    executor.openRestart({ ...layout, arms: [{ ...arm!, runtime }] });
  await expect(open('docker')).rejects.toThrow('only asked');
  await expect(open('native')).rejects.toThrow('only asked');
  expect(asked).toEqual(['docker', 'native']);
  expect(() => executor.openRestart({ ...layout, arms: [] })).toThrow(RangeError);
});
