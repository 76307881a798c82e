import { describe, expect, it } from 'vitest';
import { type Support, selectVariants } from '../../src/mechanisms/index.js';
import type { Inside } from '../../src/runtime/types.js';
import { loadScenarios } from '../../src/scenarios/load.js';

const one = async (name: string) => (await loadScenarios([name]))[0]!;

const supportOf = async (id: string, name: string, envoyVersion = '1.40.0'): Promise<Support> =>
  selectVariants([id])[0]!.support({ scenario: await one(name), envoyVersion });

/** Growing counters and by how much a request raises each. */
const counted = async (id: string, name: string) => {
  const job = { scenario: await one(name), envoyVersion: '1.40.0' };
  const rules = selectVariants([id])[0]!.counters(job);
  return rules.flatMap((rule) => ('grows' in rule ? [[rule.grows[0], rule.perRequest]] : []));
};

describe('what a variant cannot do is said with its reason', () => {
  it.each([
    ['cpp', 'inspect-1k', /no built-in/],
    ['cpp', 'redact-1k', /no built-in/],
    ['ext-authz/rust-grpc', 'redact-1k', /takes no other one back/],
    ['ext-authz/rust-http', 'json-rewrite-1m', /takes no other one back/],
    ['ext-proc/rust-streamed', 'inspect-1k', /STREAMED/],
    ['ext-proc/rust-streamed', 'model-routing-16k', /STREAMED/],
    ['ext-proc/rust-streamed', 'json-rewrite-1k', /STREAMED/],
    ['ext-proc/rust-streamed', 'lookup', /no body/],
    ['ext-proc/rust-duplex', 'chain-2', /no body/],
    ['ext-proc/rust-observe', 'headers', /goes on without an answer/],
    ['ext-proc/rust-observe', 'access', /goes on without an answer/],
    ['ext-proc/rust-observe', 'redact-1k', /goes on without an answer/],
    ['ext-proc/rust-http', 'inspect-1k', /headers only/],
    ['ext-proc/rust-http', 'redact-1m', /headers only/],
    ['ext-proc/rust-streamed', 'jwt', /no body/],
    ['wasm/c', 'jwt', /compare languages/],
    ['wasm/cpp', 'jwt', /compare languages/],
    ['dynamic-module/c', 'jwt', /compare languages/],
  ])('%s on %s', async (id, name, reason) => {
    expect(await supportOf(id, name)).toEqual({
      status: 'unsupported',
      reason: expect.stringMatching(reason),
    });
  });

  it.each([
    ['model-routing-1k', '1.37.0', '1.38.2'],
    ['json-rewrite-1k', '1.36.4', '1.37.0'],
  ])('built-ins on %s: not with Envoy %s yet, but with %s', async (name, before, since) => {
    expect(await supportOf('cpp', name, before)).toMatchObject({ status: 'unavailable' });
    expect(await supportOf('cpp', name, since)).toEqual({ status: 'supported' });
  });

  it.each(['noop', 'headers', 'chain-2'])(
    '%s needs an answer that ext_proc over HTTP loses',
    async (name) => {
      expect(await supportOf('ext-proc/rust-http', name)).toEqual({
        status: 'unsupported',
        reason: expect.stringContaining('direct responses'),
      });
    },
  );

  it('everything else is supported', async () => {
    const names = [
      'lookup',
      'jwt',
      'chain-1',
      'model-routing-1k',
      'inspect-1k',
      'json-rewrite-1k',
      'redact-1k',
    ];
    for (const id of [
      'lua',
      'lua/file',
      'wasm/rust',
      'dynamic-module/rust',
      'ext-proc/rust',
      'ext-proc/rust-uds',
    ])
      for (const name of names)
        expect(await supportOf(id, name), `${id} ${name}`).toEqual({ status: 'supported' });
    expect(await supportOf('ext-proc/rust-streamed', 'redact-1k')).toEqual({ status: 'supported' });
    expect(await supportOf('ext-proc/rust-observe', 'noop')).toEqual({ status: 'supported' });
    for (const name of ['access', 'jwt', 'lookup'])
      expect(await supportOf('ext-proc/rust-http', name), name).toEqual({ status: 'supported' });
    for (const name of names.slice(3))
      expect(await supportOf('ext-proc/rust-duplex', name), name).toEqual({ status: 'supported' });
  });
});

describe('counters', () => {
  it('grow with the phases that a job needs', async () => {
    expect(await counted('lua', 'redact-1k')).toEqual([['http.bench.lua.executions', 2]]);
    expect(await counted('lua', 'inspect-1k')).toEqual([['http.bench.lua.executions', 1]]);
    expect(await counted('cpp', 'jwt')).toEqual([['http.bench.jwt_authn.allowed', 1]]);
    const messages = 'http.bench.ext_proc.stream_msgs_received';
    expect(await counted('ext-proc/rust', 'json-rewrite-1k')).toContainEqual([messages, 1]);
    expect(await counted('ext-proc/rust', 'redact-1k')).toContainEqual([messages, 2]);
    expect(await counted('ext-proc/rust', 'inspect-1k')).toContainEqual([messages, 2]);
    expect(await counted('ext-proc/rust', 'model-routing-1k')).toContainEqual([messages, 2]);
  });

  it('grow with the filters of a row', async () => {
    expect(await counted('lua', 'chain-4')).toEqual([['http.bench.lua.executions', 8]]);
    expect(await counted('ext-proc/rust', 'chain-4')).toEqual([
      ['http.bench.ext_proc.streams_started', 4],
      ['http.bench.ext_proc.stream_msgs_received', 8],
      ['ext_server.requests', 4],
    ]);
    expect(await counted('ext-authz/rust-http', 'chain-8')).toEqual([
      ['http.bench.ext_authz.ok', 8],
      ['ext_server.requests', 8],
    ]);
  });

  it('show what was sent where nothing is answered, and never an answer', async () => {
    expect(await counted('ext-proc/rust-observe', 'noop')).toEqual([
      ['http.bench.ext_proc.streams_started', 1],
      ['http.bench.ext_proc.stream_msgs_sent', 2],
      ['ext_server.requestHeaders', 1],
      ['ext_server.responseHeaders', 1],
      ['ext_server.requests', 1],
    ]);
    const rules = selectVariants(['ext-proc/rust-observe'])[0]!.counters({
      scenario: await one('noop'),
      envoyVersion: '1.40.0',
    });
    expect(rules.flatMap((rule) => ('staysZero' in rule ? rule.staysZero : []))).toContain(
      'http.bench.ext_proc.stream_msgs_received',
    );
  });

  it('know no streams where messages are posted', async () => {
    expect(await counted('ext-proc/rust-http', 'access')).toEqual([
      ['http.bench.ext_proc.stream_msgs_received', 1],
      ['ext_server.requests', 1],
    ]);
  });

  it('leave out what depends on how a body is cut', async () => {
    const names = (await counted('ext-proc/rust-duplex', 'redact-1k')).map(([name]) => name);
    expect(names).toEqual(['http.bench.ext_proc.streams_started', 'ext_server.requests']);
  });
});

describe('what fragments are filled with', () => {
  const inside = {} as Inside;

  it('a script gets its parts, the plain fields of its job and its own link', async () => {
    const script = async (name: string, link?: number) =>
      selectVariants(['lua'])[0]!.variables(
        { scenario: await one(name), envoyVersion: '1.40.0', ...(link && { link }) },
        inside,
      ).script;
    expect(await script('inspect-1k')).toContain('local words = {"blackthorn",');
    expect(await script('inspect-1k')).toContain('function searchForCards');
    expect(await script('json-rewrite-1k')).toContain('local field, value = "model",');
    expect(await script('chain-2', 2)).toContain('"x-bench-link-2"');
    expect(await script('jwt')).toContain('local keys = {{kid="rsa-1",alg="RS256",der="\\048\\130');
    expect(await script('lookup')).toContain('["tenant-543e7caebb82"]="sa-east;free;t4211"');
  });

  it('the key set is one of the built-in', async () => {
    const job = { scenario: await one('jwt'), envoyVersion: '1.40.0' };
    const { jwks } = selectVariants(['cpp'])[0]!.variables(job, inside);
    const { keys } = JSON.parse(String(jwks));
    expect(keys).toMatchObject([{ kid: 'rsa-1' }, { kid: 'ec-1' }]);
  });

  it('every tenant is a credential of the built-in', async () => {
    const job = { scenario: await one('lookup'), envoyVersion: '1.40.0' };
    const { credentials } = selectVariants(['cpp'])[0]!.variables(job, inside);
    expect(credentials).toHaveLength(10_000);
  });
});
