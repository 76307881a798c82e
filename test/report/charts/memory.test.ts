import { describe, expect, it } from 'vitest';
import { memory } from '../../../src/report/charts/memory.js';
import { familiesOf } from '../../../src/report/content/panels.js';
import type { ArmResult, Run } from '../../../src/results/schema/index.js';
import { fixtureRun } from '../fixture-run.js';

const familyOf = (run: Run) => familiesOf(run).find(({ name }) => name === 'noop')!;
const textOf = (run: Run) => JSON.stringify(memory.spec(run, familyOf(run)));

function withMemory(
  change: (memory: NonNullable<ArmResult['memory']>, arm: ArmResult) => ArmResult['memory'],
) {
  const run = fixtureRun();
  return { ...run, arms: run.arms.map((arm) => ({ ...arm, memory: arm.memory && change(arm.memory, arm) })) };
}

describe('memory', () => {
  it('stacks Envoy and its server, from zero, with the interval of both and the baseline as a line', () => {
    const text = textOf(fixtureRun());
    expect(text).toContain('"variant":"ext-proc/rust","mechanism":"ext-proc","from":0,"to":61.4,');
    expect(text).toContain('"variant":"ext-proc/rust","mechanism":"ext-proc","from":61.4,"to":67.6,');
    expect(text).toContain('"estimate":"67.6 ±0.4 (61.4 + 6.2) MiB of PSS"');
    expect(text).toContain('"low":67.2,"high":68');
    expect(text).toContain('{"values":[{"at":61.4}]}');
    expect(memory.alt(fixtureRun(), familyOf(fixtureRun()))).toContain(
      'ext-proc/rust 67.6 ±0.4 (61.4 + 6.2)',
    );
  });

  it('shows no interval that a run of before does not hold, and says what its numbers are', () => {
    const old = withMemory(({ total: _, ...known }) => known);
    expect(textOf(old)).not.toMatch(/"low"|±|Whisker/);
    expect(textOf(old)).toContain('Mean of one reading a restart');
  });

  it('shows none in smoke, even where the data holds one', () => {
    const { plan, profile } = fixtureRun('smoke');
    for (const run of [fixtureRun('smoke'), { ...fixtureRun(), plan, profile }])
      expect(textOf(run)).not.toMatch(/"low"|±|Whisker/);
  });

  it('does not apply where the baseline has no number, or no arm has one', () => {
    const none = withMemory(() => null);
    expect(memory.applies(none, familyOf(none))).toBe(false);
    const unlike = withMemory((known, arm) => (arm.class === 'baseline' ? null : known));
    expect(memory.applies(unlike, familyOf(unlike))).toBe(false);
  });
});
