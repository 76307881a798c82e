import { describe, expect, it } from 'vitest';
import type { BodySpec } from '../../src/scenarios/bodies.js';
import { proveCase, proveLoadRequest } from '../../src/scenarios/prove.js';
import type { ScenarioCase } from '../../src/scenarios/schema.js';
import { type FakeFilter, fakeEnvoy } from './fake-envoy.js';

// Node's own server adds these; Envoy does not.
const nodes = { connection: 'keep-alive', 'keep-alive': 'timeout=5' };

function item(about: {
  request?: Partial<ScenarioCase['request']>;
  answer?: ScenarioCase['answer'];
  upstream?: Partial<NonNullable<ScenarioCase['expect']['upstream']>> | null;
  client?: Partial<ScenarioCase['expect']['client']>;
}): ScenarioCase {
  const { request, answer, upstream = {}, client } = about;
  return {
    name: 'a case',
    request: { method: 'POST', headers: { 'x-sent': 'yes' }, body: '{"model":"a"}', ...request },
    ...(answer && { answer }),
    expect: {
      upstream: upstream && { headers: {}, ...upstream },
      client: { status: 200, headers: nodes, ...client },
    },
  };
}

async function prove(about: Parameters<typeof item>[0], filter: FakeFilter = {}): Promise<string | null> {
  await using envoy = await fakeEnvoy(filter);
  return (await proveCase(envoy.target, item(about), true)).problem;
}

describe('a case with a body', () => {
  it('passes where body and answer come through', async () => {
    expect(await prove({})).toBeNull();
    expect(await prove({ request: { pieces: 4 } })).toBeNull();
    expect(await prove({ request: { body: '' } })).toBeNull();
    expect(await prove({ request: { body: 'x'.repeat(200_000), pieces: 3 } })).toBeNull();
    const answer = { headers: { 'X-Answer': 'yes' }, body: '{"a":[1]}' };
    expect(await prove({ answer })).toBeNull();
    expect(await prove({ answer, client: { json: { a: [1] } } })).toBeNull();
  });

  it('fails where the filter changes what it is not asked to', async () => {
    const request = (body: string) => body.replace('a', 'b');
    expect(await prove({}, { request })).toBe(
      'request body is "{\\"model\\":\\"b\\"}", expected "{\\"model\\":\\"a\\"}"',
    );
    const response = (body: string) => `${body}!`;
    expect(await prove({}, { response })).toBe('body "ok!", expected "ok"');
    expect(await prove({ request: { body: 'a'.repeat(200_000) } }, { request })).toMatch(
      /^request body has 200000 bytes, expected "a{80}" and 199920 more$/,
    );
    const answer = { headers: { 'x-answer': 'yes' }, body: 'ok' };
    expect(await prove({ answer, client: { headers: { ...nodes, 'x-answer': null } } })).toBe(
      'response header x-answer is "yes", expected absent',
    );
  });

  it('compares what the case says instead, as text or as JSON', async () => {
    const request = () => '{ "b": 1, "model": "c" }';
    expect(await prove({ upstream: { body: request() } }, { request })).toBeNull();
    expect(await prove({ upstream: { json: { model: 'c', b: 1 } } }, { request })).toBeNull();
    expect(await prove({ upstream: { json: { model: 'c' } } }, { request })).toBe(
      'request body "{ \\"b\\": 1, \\"model\\": \\"c\\" }", expected the JSON "{\\"model\\":\\"c\\"}"',
    );
    expect(await prove({ client: { json: {} } })).toBe('body "ok" is no JSON');
  });

  it('may be refused, and must then not reach the upstream', async () => {
    const client = { status: 403, body: 'no' };
    expect(await prove({ upstream: null, client }, { denies: 'no' })).toBeNull();
    expect(await prove({ upstream: null, client })).toContain('reached the upstream 1 times, expected never');
    expect(await prove({}, { denies: 'no' })).toContain('reached the upstream 0 times, expected once');
  });

  it('fails where it is answered before its last piece', async () => {
    expect(await prove({ request: { pieces: 2 } }, { early: true })).toBe(
      'Error: answered before the body was sent: status 200',
    );
  });

  it('shows both ends in its evidence, shortened', async () => {
    await using envoy = await fakeEnvoy();
    const about = { request: { body: 'x'.repeat(2_000) }, answer: { headers: {}, body: 'y'.repeat(2_000) } };
    const { request, observed } = await proveCase(envoy.target, item(about), true);
    expect(request).toMatchObject({ path: '/__probe', body: 'x'.repeat(512) });
    expect(observed).toMatchObject({
      client: { status: 200, body: 'y'.repeat(512) },
      upstream: { bodyBytes: 2_000, body: 'x'.repeat(512) },
    });
  });
});

describe('a case without a body, in a scenario without', () => {
  it('is told by the echo itself', async () => {
    await using envoy = await fakeEnvoy();
    const { body: _, ...request } = item({ request: { method: 'GET' } }).request;
    const outcome = await proveCase(envoy.target, { ...item({}), request });
    expect(outcome.problem).toBeNull();
    expect(outcome.observed).toMatchObject({ upstream: { method: 'GET', headers: { 'x-sent': 'yes' } } });
  });
});

describe('a request of the load mix', () => {
  const body: BodySpec = { kind: 'prose', bytes: 50_000, words: [], index: 0 };
  const request = { method: 'POST', path: '/', headers: {}, body };
  const loaded = { ...request, expect: { status: 200, headers: nodes, body: 'ok' } };
  const proveLoad = async (filter: FakeFilter = {}) => {
    await using envoy = await fakeEnvoy(filter);
    return await proveLoadRequest(envoy.target, loaded);
  };

  it('is known by the length of one answer, though it went twice', async () => {
    const { problem, wire } = await proveLoad();
    expect(problem).toBeNull();
    expect(wire).toMatchObject({ ...request, expect: { status: 200 } });
    await using envoy = await fakeEnvoy();
    const { body: _, ...bodyless } = loaded;
    const once = await proveLoadRequest(envoy.target, { ...bodyless, method: 'GET' });
    expect(wire!.expect.wireBytes).toBe(once.wire!.expect.wireBytes);
  });

  it('fails where it is answered before its body was sent', async () => {
    expect(await proveLoad({ early: true })).toMatchObject({
      problem: 'Error: answered before the body was sent: status 200',
      wire: null,
    });
  });

  it('fails where the connection is not kept', async () => {
    const { problem, wire } = await proveLoad({ closes: true });
    expect(problem).toContain('the connection was closed after its first answer');
    expect(wire).toBeNull();
  });
});
