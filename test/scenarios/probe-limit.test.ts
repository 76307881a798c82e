import { describe, expect, it } from 'vitest';
import type { Oversize } from '../../src/scenarios/oversize.js';
import { probeLimit } from '../../src/scenarios/probe-limit.js';
import { type FakeFilter, fakeEnvoy } from './fake-envoy.js';

const filler = '.'.repeat(200_000);
const secret: Oversize = { way: 'request', headers: {}, sent: `${filler}secret`, wanted: `${filler}******` };

async function probe(oversize: Oversize, filter: FakeFilter = {}) {
  await using envoy = await fakeEnvoy(filter);
  const { status, arrivedBytes, outcome } = await probeLimit(envoy.target, oversize);
  return [status, arrivedBytes, outcome];
}

const masks = (body: string) => body.replace('secret', '******');
const halves = (body: string) => body.slice(0, 100_000);

describe('a request above the limit', () => {
  it('may come through as it should, as it was, or in parts', async () => {
    expect(await probe(secret, { request: masks })).toEqual([200, 200_006, 'done']);
    expect(await probe(secret)).toEqual([200, 200_006, 'unfiltered']);
    expect(await probe(secret, { request: halves })).toEqual([200, 100_000, 'partly']);
    const turned = (body: string) => [...masks(body)].reverse().join('');
    expect(await probe(secret, { request: turned })).toEqual([200, 200_006, 'partly']);
    expect(await probe({ ...secret, isAnew: true }, { request: turned })).toEqual([200, 200_006, 'done']);
    expect(await probe({ ...secret, isAnew: true })).toEqual([200, 200_006, 'unfiltered']);
  });

  it('may be refused, which can be the job itself', async () => {
    expect(await probe(secret, { denies: 'too large' })).toEqual([403, null, 'refused']);
    const forbidden: Oversize = { ...secret, wanted: null, refusal: 'Blocked.' };
    expect(await probe(forbidden, { denies: 'Blocked.' })).toEqual([403, null, 'done']);
    expect(await probe(forbidden, { denies: 'too large' })).toEqual([403, null, 'refused']);
    expect(await probe(forbidden)).toEqual([200, 200_006, 'unfiltered']);
  });

  it('must bring the header that the job sets', async () => {
    const routed: Oversize = { ...secret, sent: filler, wanted: filler, header: ['x-model', 'a'] };
    expect(await probe(routed)).toEqual([200, 200_000, 'unfiltered']);
  });

  it('may be cut off, or never answered', async () => {
    expect(await probe(secret, { hangs: true })).toEqual([null, null, 'hangs']);
    expect(await probe(secret, { breaks: true })).toEqual([null, null, 'cut']);
  });
});

describe('a response above the limit', () => {
  const response: Oversize = { ...secret, way: 'response' };

  it('may come through as it should, as it was, or in parts', async () => {
    expect(await probe(response, { response: masks })).toEqual([200, 200_006, 'done']);
    expect(await probe(response)).toEqual([200, 200_006, 'unfiltered']);
    expect(await probe(response, { response: halves })).toEqual([200, 100_000, 'partly']);
  });

  it('may be refused, or cut off', async () => {
    expect(await probe(response, { denies: 'too large' })).toEqual([403, null, 'refused']);
    expect(await probe(response, { breaks: true })).toEqual([null, null, 'cut']);
  });
});
