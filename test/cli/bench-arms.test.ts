import { describe, expect, it } from 'vitest';
import { planArms, startableArms } from '../../src/cli/bench/arms.js';
import { untriedWarnings } from '../../src/cli/run/untried.js';
import { selectVariants } from '../../src/mechanisms/index.js';
import { isReference } from '../../src/results/schema/index.js';
import { loadScenarios, type Scenario } from '../../src/scenarios/load.js';

const [noop] = (await loadScenarios(['noop'])) as [Scenario];
// What a job with bodies is, is the business of its mechanisms: lua takes any.
const scan: Scenario = {
  ...noop,
  name: 'noop-16k',
  phases: ['request-body'],
  rung: { quantity: 'bodyKiB', value: 16 },
};

const request = (...scenarios: Scenario[]) => ({
  scenarios,
  variants: selectVariants(['cpp']),
  envoyVersion: '1.40.0',
  runtime: 'native' as const,
});

describe('the arms of a scenario with request bodies', () => {
  const arms = planArms(request(scan)).map(({ identity }) => identity);

  it('have a second baseline that only buffers: no reference, and in no A/A pair', () => {
    const buffer = arms.filter(({ variant }) => variant === 'baseline+buffer');
    expect(buffer).toEqual([
      expect.objectContaining({ mechanism: 'baseline', class: 'in-process', twinOf: null }),
    ]);
    expect(isReference(buffer[0]!)).toBe(false);
    expect(arms.filter(isReference).map(({ variant }) => variant)).toEqual(['baseline']);
    expect(arms.some(({ twinOf }) => twinOf === buffer[0]!.id)).toBe(false);
  });

  it('say how large bodies are', () => {
    expect(startableArms(planArms(request(noop, scan)), [noop, scan])).toMatchObject([
      { scenario: 'noop', bodyKiB: 0 },
      { scenario: 'noop-16k', bodyKiB: 16 },
    ]);
  });
});

it('arms of each Envoy are restarted by themselves', () => {
  const arms = ['1.39.3', '1.40.0'].flatMap((envoyVersion) => planArms({ ...request(noop), envoyVersion }));
  const plans = startableArms(arms, [noop]);
  expect(plans.map(({ scenario, setting }) => `${scenario} ${setting}`)).toEqual([
    'noop 1.39.3',
    'noop 1.40.0',
  ]);
  for (const { setting, arms: own } of plans)
    expect(new Set(own.map((arm) => arm.envoy))).toEqual(new Set([setting]));
  expect(startableArms(planArms(request(noop)), [noop])[0]).not.toHaveProperty('setting');
});

it('an Envoy that is newer than every build of the module is told of, once', () => {
  const variants = selectVariants(['dynamic-module', 'cpp']);
  const on = (envoyVersion: string) =>
    untriedWarnings(planArms({ ...request(noop), variants, envoyVersion }));
  expect(on('1.41.3')).toMatchObject([{ code: 'untried-abi', message: expect.stringContaining('1.41.3') }]);
  expect(on('1.40.0')).toEqual([]);
});

it('a scenario without has none', () => {
  const variants = planArms(request(noop)).map(({ identity }) => identity.variant);
  expect(variants).not.toContain('baseline+buffer');
});

describe('what a server needs to run', () => {
  const variants = selectVariants([
    'lua/file',
    'ext-proc/rust',
    'ext-proc/typescript',
    'ext-authz/typescript-grpc',
  ]);
  const withoutNode = variants.filter(({ nativeOnly }) => nativeOnly !== undefined).map(({ id }) => id);

  it('is Node for those in TypeScript', () => {
    expect(withoutNode).toEqual(['ext-proc/typescript', 'ext-authz/typescript-grpc']);
  });

  it.each(['native', 'docker'] as const)('is told before anything starts: %s', (runtime) => {
    const arms = planArms({ ...request({ ...noop, family: 'headers' }), variants, runtime });
    const lacking = arms.filter(({ known }) => known?.status === 'unavailable');
    expect(lacking.map(({ identity }) => identity.variant)).toEqual(runtime === 'docker' ? withoutNode : []);
    for (const { known } of lacking) expect(known?.reason).toContain('--runtime native');
  });
});
