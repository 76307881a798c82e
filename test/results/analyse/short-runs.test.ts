import { describe, expect, it } from 'vitest';
import { analyse, type PlannedArm } from '../../../src/results/analyse/index.js';
import { type Evidence, runSchema, type Sample } from '../../../src/results/schema/index.js';
import { timeLedger } from '../../../src/schedule/time-spent.js';
import { fakeArm, fakeHeader, fakePlan } from '../../schedule/fixture-plan.js';
import { sampleOf } from '../store/fixture-sample.js';
import { proofs } from './fixture-proofs.js';

const plain = sampleOf();

interface Shape {
  readonly restarts: number;
  readonly precisionUs?: number | null;
  readonly precisionShare?: number;
  /** Seconds of each restart; none: the run does not say. */
  readonly seconds?: number;
  readonly costUs?: Readonly<Record<string, number>>;
  /** How far an arm's cost moves up and down between restarts. */
  readonly swingUs?: Readonly<Record<string, number>>;
}

const usual: Readonly<Record<string, number>> = { baseline: 34, lua: 44, cpp: 36, 'ext-proc/rust': 134 };

/** A stored run of known costs, analysed. */
function runOf(shape: Shape) {
  const { restarts, precisionUs = null, precisionShare, seconds, costUs = usual, swingUs = {} } = shape;
  const arms = Object.keys(costUs).map((variant) => fakeArm(variant));
  const samples: Sample[] = [];
  const evidence: Evidence[] = [];
  for (const arm of arms) {
    for (let restart = 0; restart < restarts; restart += 1) {
      const swing = (swingUs[arm.variant] ?? 0) * (restart % 2 === 0 ? 1 : -1);
      const us = (costUs[arm.variant] ?? 0) + swing;
      samples.push({ ...plain, arm: arm.id, restart, requests: 1_000, envoyNs: us * 1e6 });
      evidence.push(...proofs(arm, restart));
    }
  }
  const header = fakeHeader(fakePlan());
  const plan = { ...header.plan, precisionUs, ...(precisionShare !== undefined && { precisionShare }) };
  const timeSpent = timeLedger(() => 0).spent();
  const done = [{ scenario: 'headers', restarts, seconds: (seconds ?? 0) * restarts }];
  const conduct = {
    stopped: 'budget' as const,
    timeSpent,
    ...(seconds !== undefined && { restarts: done }),
  };
  const planned: PlannedArm[] = arms.map((identity) => ({ identity, known: null }));
  const analysed = analyse({ ...header, plan, conduct }, planned, samples, evidence);
  return { run: runSchema.parse(analysed), planned, samples, evidence };
}

const warningOf = (shape: Shape, code: string) => runOf(shape).run.warnings.find((one) => one.code === code);
const short = (shape: Shape) => warningOf(shape, 'short-of-precision');

describe('a run of few restarts', () => {
  const swingUs = { lua: 0.2, cpp: 0.1, 'ext-proc/rust': 0.3 };
  const overheadAt = (restarts: number) =>
    runOf({ restarts, swingUs }).run.arms.find(({ variant }) => variant === 'lua')!.overhead!.totalCpuUs;

  it('has intervals from 3 restarts on', () => {
    expect(overheadAt(2)).toMatchObject({ low: null, high: null, restarts: 2 });
    const three = overheadAt(3);
    expect(three.low!).toBeLessThan(10);
    expect(three.high!).toBeGreaterThan(10);
  });

  it('ranks nothing with fewer than 12, however sure a difference seems, and says so', () => {
    const { run } = runOf({ restarts: 11, swingUs });
    expect(run.comparisons.every(({ pAdjusted }) => pAdjusted! < 1e-6)).toBe(true);
    expect(run.comparisons.some((pair) => pair.distinguishable || pair.equivalent)).toBe(false);
    const few = run.warnings.find(({ code }) => code === 'few-restarts')!;
    expect(few.message).toBe('headers had 11 restarts: with fewer than 12 nothing is ranked');
    expect(warningOf({ restarts: 12, swingUs }, 'few-restarts')).toBeUndefined();
  });

  it('names the budget that would hold them, at the pace of the run', () => {
    // 12 restarts of 100 s are 20 minutes.
    expect(warningOf({ restarts: 6, seconds: 100 }, 'few-restarts')?.next).toMatch(/^--budget 20m would do/);
    expect(warningOf({ restarts: 6 }, 'few-restarts')?.next).toMatch(/^give a larger --budget/);
  });
});

describe('arms that fell short of the precision', () => {
  // Values that swing by s have a standard deviation of about s: the half-width over 12 is 0.66 s.
  const swingUs = { lua: 3, cpp: 0.5, 'ext-proc/rust': 6 };

  it('are listed as data, the farthest first, with width, target, restarts and what would do', () => {
    const found = short({ restarts: 12, precisionUs: 1, swingUs })!;
    // External: 5 % of the 100 µs that it adds, which is more than its half-width of 4.
    expect(found.shortfalls!.map(({ arm }) => arm)).toEqual(['headers/lua@1.40.0']);
    const [lua] = found.shortfalls!;
    expect(lua).toMatchObject({ targetUs: 1, restarts: 12 });
    expect(lua!.halfWidthUs).toBeCloseTo(1.99, 2);
    // Twice too wide: some four times as many, fewer by what t gains.
    expect(lua!.restartsNeeded).toBeGreaterThan(36);
    expect(lua!.restartsNeeded).toBeLessThan(48);
    expect(found.message).toBe(
      '1 of 3 arms fell short of ±1 µs; the farthest: headers/lua@1.40.0 (±2.0 µs for ±1.0, 12 restarts)',
    );
    const wider = short({ restarts: 12, precisionUs: 0.1, swingUs })!;
    const far = wider.shortfalls!.map(({ halfWidthUs, targetUs }) => halfWidthUs! / targetUs);
    expect(far).toEqual(far.toSorted((a, b) => b - a));
    expect(wider.shortfalls).toHaveLength(2);
  });

  it('are fewer where a share of the own cost will do', () => {
    expect(short({ restarts: 12, precisionUs: 1, precisionShare: 0.05, swingUs })).toBeUndefined();
    const [lua] = short({ restarts: 12, precisionUs: 1, precisionShare: 0.03, swingUs })!.shortfalls!;
    expect(lua!.targetUs).toBeCloseTo(0.03 * 44, 9);
  });

  it('give the budget that would narrow the widest', () => {
    const found = short({ restarts: 12, precisionUs: 1, swingUs, seconds: 60 })!;
    const minutes = Number(/^--budget (\d+)m would do/.exec(found.next)?.[1]);
    expect(minutes).toBeGreaterThanOrEqual(found.shortfalls![0]!.restartsNeeded!);
    expect(minutes).toBeLessThan(found.shortfalls![0]!.restartsNeeded! + 5);
    const hopeless = short({ restarts: 12, precisionUs: 0.01, swingUs, seconds: 60 })!;
    expect(hopeless.next).toContain('a day would not do');
  });

  it('say nothing of what would do where there are too few restarts to tell', () => {
    const { shortfalls } = short({ restarts: 2, precisionUs: 1, swingUs })!;
    expect(shortfalls).toHaveLength(3);
    for (const one of shortfalls!) expect(one).toMatchObject({ halfWidthUs: null, restartsNeeded: null });
  });

  it('are not there without a precision, nor where all have it', () => {
    expect(short({ restarts: 12, swingUs })).toBeUndefined();
    expect(short({ restarts: 12, precisionUs: 5, swingUs })).toBeUndefined();
  });

  it('come once more, and once only, from the stored run', () => {
    const { run, planned, samples, evidence } = runOf({ restarts: 12, precisionUs: 1, swingUs, seconds: 60 });
    expect(analyse(run, planned, samples, evidence).warnings).toEqual(run.warnings);
  });
});
