import { beforeAll, expect, it } from 'vitest';
import { selectVariants } from '../../src/mechanisms/index.js';
import { tryArm } from '../support/one-arm.js';
import { containersWith, envoyVersion, openRuntime, requireDocker } from './fixture.js';

beforeAll(requireDocker);

it('a Lua arm is proven and measured in containers', async () => {
  await using opened = openRuntime();
  const variant = selectVariants(['lua']).find(({ id }) => id === 'lua');
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
