import { Command } from 'commander';
import { describe, expect, it, vi } from 'vitest';
import { planArms, startableArms } from '../../src/cli/bench/arms.js';
import { describePlan } from '../../src/cli/bench/describe-plan.js';
import { benchCommand } from '../../src/cli/bench/index.js';
import { type BenchFlags, benchFlags, choose } from '../../src/cli/bench/options.js';
import { variants } from '../../src/mechanisms/index.js';
import { scenarioNames } from '../../src/scenarios/load.js';
import { makePlan } from '../../src/schedule/plan.js';

async function planned(...args: readonly string[]) {
  const command = benchFlags(new Command('bench'))
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  const flags = command.parse(args, { from: 'user' }).opts<BenchFlags>();
  const choice = await choose(flags);
  const arms = planArms({ ...choice, envoyVersion: '1.40.0', runtime: 'native' });
  const plan = makePlan({ ...choice.plan, scenarios: startableArms(arms, choice.scenarios) });
  return { choice, plan, text: describePlan(plan, arms) };
}

describe('--profile full', () => {
  it('takes every scenario with all of its series, and every variant', async () => {
    const { choice, plan, text } = await planned('--profile', 'full', '--budget', '60m');
    expect(choice.scenarios.map(({ name }) => name)).toEqual(await scenarioNames());
    expect(choice.variants).toEqual(variants);
    expect(plan.summary).toMatchObject({ precisionUs: 1, precisionShare: 0.03, budgetSeconds: 3_600 });
    const arms = plan.scenarios.reduce((sum, scenario) => sum + scenario.arms.length, 0);
    expect(text).toContain(`${arms} arms in ${choice.scenarios.length} scenarios`);
    expect(text).toMatch(/about \d+ restarts? of each scenario/);
    expect(text).toContain('until intervals are ±1 µs or 3 % of the own cost, but at most 60.0 min');
  });

  it('takes another precision', async () => {
    const { plan } = await planned('--profile', 'full', '--precision', '0.5us');
    expect(plan.summary.precisionUs).toBe(0.5);
    expect(plan.summary.precisionShare).toBeUndefined();
    const { plan: both } = await planned('--profile', 'full', '--precision', '2us,10%');
    expect(both.summary).toMatchObject({ precisionUs: 2, precisionShare: 0.1 });
  });

  it('proves everything without load', async () => {
    const { plan, text } = await planned('--profile', 'full', '--prove-only', '--budget', '1s');
    expect(plan.scenarios).toHaveLength((await scenarioNames()).length);
    expect(plan.summary).toMatchObject({ proveOnly: true, restarts: 1 });
    expect(text).toContain('proofs without load');
  });
});

describe('--profile quick', () => {
  it('fits its restarts as it always did, unless a budget is named', async () => {
    const { plan, text } = await planned();
    expect(plan.summary).toMatchObject({ restarts: 12, precisionUs: null });
    expect(plan.summary.budgetBinds).toBeUndefined();
    expect(text).toMatch(/^12 restarts x \d+ rounds a restart/m);
    const { text: bound } = await planned('--budget', '2m');
    expect(bound).toMatch(/fewer than the 12 that ranking needs/);
  });
});

describe('--profile smoke', () => {
  it('is whole within any budget: it shows that all works', async () => {
    const { plan } = await planned('--profile', 'smoke', '--budget', '1s');
    expect(plan.summary.budgetBinds).toBeUndefined();
  });
});

it.each(['0us', '1', '3%', '1us,2%,3%', '1us,2us', 'fine'])('--precision %s is refused', async (text) => {
  await expect(planned('--precision', text)).rejects.toThrow(/invalid/);
});

it('--dry-run gives the plan as text with its time, and as data; nothing is started', async () => {
  const printed = async (...more: readonly string[]) => {
    const texts: string[] = [];
    const write = vi
      .spyOn(process.stdout, 'write')
      .mockImplementation((text) => texts.push(String(text)) > 0);
    const command = benchCommand(
      () => new AbortController().signal,
      () => undefined,
    );
    const asked = [
      '--dry-run',
      '--no-config',
      '--scenarios',
      'headers',
      '--mechanisms',
      'lua',
      '--seed',
      '7',
    ];
    await command.parseAsync([...asked, ...more], { from: 'user' });
    write.mockRestore();
    return texts.join('');
  };
  expect(await printed()).toMatch(/^about \d+\.\d min$/m);
  const { plan, arms } = JSON.parse(await printed('--json'));
  expect(plan).toMatchObject({ seed: 7, scenarios: [{ scenario: 'headers' }] });
  expect(plan.summary.estimatedSeconds).toBeGreaterThan(60);
  expect(arms.map(({ identity }: { identity: { id: string } }) => identity.id)).toContain(
    'headers/lua@1.40.0',
  );
});
