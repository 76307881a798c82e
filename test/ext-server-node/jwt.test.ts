import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseJob } from '../../src/ext-server-node/jobs/config.js';
import { decide } from '../../src/ext-server-node/jobs/job.js';
import { loadScenarios } from '../../src/scenarios/load.js';

const { job: config, tables } = (await loadScenarios(['jwt']))[0]!;
const { onRequestHeaders } = parseJob(JSON.stringify(config));

/** The client's name, or the status of the refusal. */
function judged(authorization: string): string | number | undefined {
  const action = decide(onRequestHeaders, authorization);
  return action.kind === 'deny' ? action.denial.status : action.headers[0]?.value;
}

// The tokens of the load end at the beginning of 2100.
const endS = 4_102_444_800;
const at = (seconds: number) => vi.setSystemTime(seconds * 1_000);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
  at(endS - 1_000_000);
});
afterEach(() => vi.useRealTimers());

describe('a token', () => {
  it.each(['rs256', 'es256'])('of the load is valid: 100 of %s', (name) => {
    const tokens = Object.entries(tables[name]!);
    expect(tokens).toHaveLength(100);
    for (const [authorization, client] of tokens) expect(judged(authorization)).toBe(client);
  });

  it('is valid for a minute beyond its end', () => {
    const [authorization, client] = Object.entries(tables.es256!)[0]!;
    at(endS + 60);
    expect(judged(authorization)).toBe(client);
    at(endS + 61);
    expect(judged(authorization)).toBe(401);
  });

  it('is known by its scheme, and by nothing around it', () => {
    const [authorization] = Object.keys(tables.es256!);
    const token = authorization!.slice('Bearer '.length);
    const others = [token, `bearer ${token}`, `Bearer  ${token}`, `${authorization} `, `${authorization}=`];
    for (const other of [...others, `${authorization},${authorization}`, 'Bearer ', 'Bearer ..', ''])
      expect(judged(other), other).toBe(401);
  });

  it('has its claims looked at before its signature', () => {
    const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
    const unsigned = (claims: object) => {
      const all = { iss: config.issuer, sub: 'a', exp: endS, aud: 'others', ...claims };
      return judged(`Bearer ${encoded({ alg: 'ES256', kid: 'ec-1' })}.${encoded(all)}.AAAA`);
    };
    at(1_000);
    for (const aud of ['others', ['others', 'more'], [], undefined]) expect(unsigned({ aud })).toBe(403);
    for (const aud of [1, {}, [1], null, config.audience]) expect(unsigned({ aud })).toBe(401);
    expect(unsigned({ nbf: 1_060 })).toBe(403);
    for (const nbf of [1_061, -1, '0', null]) expect(unsigned({ nbf })).toBe(401);
    for (const exp of [939, '4102444800', null, undefined]) expect(unsigned({ exp })).toBe(401);
    for (const iss of [undefined, 'other', ['x']]) expect(unsigned({ iss })).toBe(401);
  });
});

it.each([
  ['no keys', []],
  ['a key too short', [{ kty: 'RSA', kid: 'short', alg: 'RS256', n: 'AQAB', e: 'AQAB' }]],
  ['a point beside the curve', [{ kty: 'EC', kid: 'e', alg: 'ES256', crv: 'P-256', x: 'AQAB', y: 'AQAB' }]],
  ['another algorithm', [{ kty: 'RSA', kid: 'r', alg: 'RS512', n: 'AQAB', e: 'AQAB' }]],
  ['a private key', [{ kty: 'RSA', kid: 'r', alg: 'RS256', n: 'AQAB', e: 'AQAB', d: 'AQAB' }]],
])('%s: the job is refused', (_, keys) => {
  const job = { job: 'jwt', issuer: 'i', audience: 'a', keys };
  expect(() => parseJob(JSON.stringify(job))).toThrow(/^job configuration: [^\n]+$/);
});
