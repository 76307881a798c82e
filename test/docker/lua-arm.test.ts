import { beforeAll, expect, it } from 'vitest';
import { selectVariants } from '../../src/mechanisms/index.js';
import { tryArm } from '../support/one-arm.js';
import { containersWith, envoyVersion, openRuntime, requireDocker } from './fixture.js';

beforeAll(requireDocker);

it.each(['lua', 'lua/file'])('an arm of %s is proven and measured in containers', async (name) => {
  await using opened = openRuntime();
  const variant = selectVariants([name]).find(({ id }) => id === name);
  const { verdict, samples } = await tryArm(variant!, 'headers', { envoyVersion, runtime: opened.runtime });
  expect(verdict).toMatchObject({ status: 'valid' });
  expect(samples).toHaveLength(2);
  for (const sample of samples) {
    expect(sample.bad).toBe(0);
    expect(sample.requests).toBeGreaterThan(0);
    expect(sample.envoyNs / sample.requests).toBeGreaterThan(1_000);
  }
  expect(containersWith(`filterbench.run=${opened.runId}`)).toEqual([]);
});
