import { describe, expect, it } from 'vitest';
import { bufferBaseline } from '../../src/mechanisms/buffer.js';
import type { Variant } from '../../src/mechanisms/index.js';
import { tryArm } from '../support/one-arm.js';

/** The baseline itself, as an arm that can be tried alone. */
const passing: Variant = { ...bufferBaseline, id: 'baseline', config: 'baseline' };

describe.each(['model-routing-1k', 'inspect-128k', 'redact-16k', 'json-rewrite-1m'])('%s', (scenario) => {
  it.each([passing, bufferBaseline])('passes $id unchanged, over an upstream', async (variant) => {
    const { verdict, samples } = await tryArm(variant, scenario);
    expect(verdict).toEqual({ status: 'valid', reason: null });
    expect(samples.every(({ upstreamNs, requests }) => (upstreamNs ?? 0) > 0 && requests > 0)).toBe(true);
  });
});

it('a filter that loses bodies is found out', async () => {
  const script = 'function envoy_on_request(h) h:body():setBytes("") end\nfunction envoy_on_response(h) end';
  const lossy: Variant = {
    ...bufferBaseline,
    ...{ id: 'lua', mechanism: 'lua', config: 'lua', variables: () => ({ script }) },
  };
  const { verdict } = await tryArm(lossy, 'inspect-1k');
  expect(verdict.status).toBe('invalid');
  expect(verdict.reason).toMatch(/^before-load, a clean body passes as it is: request body is ""/);
});
