import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { prebuilt } from '../../src/mechanisms/prebuilt.js';
import { packagePaths } from '../../src/paths.js';
import { inspectNaively, trickyBodies, trickyWords } from './naive-inspection.js';
import { type Outcome, ProxyWasmHost, type TestRequest } from './proxy-wasm-host.js';

const keys = JSON.parse(readFileSync(join(packagePaths.scenarios, 'tables', 'access-keys.json'), 'utf8'));
const headersJob = { job: 'headers', request: { 'x-b': '2', 'x-a': '1' }, response: { 'x-c': 'say "3" \\' } };
const blocked = {
  nothing: null,
  word: { status: 403, body: 'Blocked: forbidden word.' },
  card: { status: 403, body: 'Blocked: card number.' },
} as const;
const unauthenticated = { status: 401, body: 'Client authentication failed.' };

const refused: readonly (readonly [string, string])[] = [
  ['', 'an object is expected at ``'],
  ['{', 'a string is expected at ``'],
  ['{}', 'the field "job" is missing'],
  ['{"job":"noop"} x', 'nothing more is expected at `x`'],
  ['{"job":"redact","words":["secret"]}', 'the job "redact" is not one of this filter\'s'],
  ['{"job":"calibrate","loops":1}', 'the job "calibrate" is not one of this filter\'s'],
  ['{"job":"noop","request":{}}', 'this job takes no field "request"'],
  ['{"job":"access"}', 'the field "keys" is missing'],
  ['{"job":"access","keys":{"a":""}}', 'the value of "keys" must be visible text'],
  ['{"job":"headers","request":{"X-A":"1"}}', '"X-A" is not a lower-case HTTP header name'],
  ['{"job":"headers","requests":{}}', 'unknown field "requests"'],
  ['{"job":"headers","request":{"a":"\\n"}}', 'this escape is not known here: `\\n'],
  ['{"job":"inspect","words":[]}', '`words`: must be 1 to 64'],
  ['{"job":"inspect","words":["top secret"]}', '`words`: "top secret" is not of 3 to 64 ASCII letters'],
];

const refusedByGo: readonly (readonly [string, string])[] = [
  ['', 'unexpected end of JSON input'],
  ['{"job":"noop"} x', "invalid character 'x'"],
  ['{"job":"redact","words":["secret"]}', 'the job "redact" is not one of this filter\'s'],
  ['{"job":"headers","requests":{}}', 'json: unknown field "requests"'],
  ['{"job":"access"}', 'the field "keys" is missing'],
  ['{"job":"inspect","words":["top secret"]}', '`words`: "top secret" is not of 4 to 64 ASCII letters'],
];

describe.each([
  ['C', prebuilt.wasmC, refused],
  ['C++', prebuilt.wasmCpp, refused],
  ['AssemblyScript', prebuilt.wasmAssemblyscript, refused],
  ['Go', prebuilt.wasmGo, refusedByGo],
])('the Wasm module in %s', (_language, path, refused) => {
  function once(job: unknown, request: TestRequest = {}): Outcome {
    const host = new ProxyWasmHost(path);
    const plugin = host.configure(JSON.stringify(job));
    expect(host.log).toEqual([]);
    return host.send(host.open(plugin!), request);
  }

  it('does nothing, and calls nobody', () => {
    const outcome = once({ job: 'noop' }, { headers: { a: 'b' }, body: ['x', 'y'] });
    expect(outcome).toEqual({ request: { a: 'b' }, response: {}, reply: null, hostCalls: 0 });
  });

  it('sets headers by name, in place of those that are there', () => {
    const outcome = once(headersJob, { headers: { 'x-b': 'forged', host: 'h' } });
    expect(outcome.request).toEqual({ 'x-b': '2', host: 'h', 'x-a': '1' });
    expect(outcome.response).toEqual({ 'x-c': 'say "3" \\' });
    expect(outcome.hostCalls).toBe(3);
  });

  it('lets each of 1,000 keys through under its own name', () => {
    const host = new ProxyWasmHost(path);
    const plugin = host.configure(JSON.stringify({ job: 'access', keys }));
    expect(Object.keys(keys)).toHaveLength(1_000);
    for (const [key, name] of Object.entries(keys)) {
      const stream = host.open(plugin!);
      const { request, reply } = host.send(stream, {
        headers: { 'x-api-key': key, 'x-client-id': 'forged' },
      });
      expect([request['x-client-id'], reply]).toEqual([name, null]);
      const longer = host.send(stream, { headers: { 'x-api-key': `${key}0` } });
      expect(longer.reply).toEqual(unauthenticated);
      host.close(stream);
    }
  });

  it('refuses a missing key, and an empty one', () => {
    expect(once({ job: 'access', keys }).reply).toEqual(unauthenticated);
    expect(once({ job: 'access', keys }, { headers: { 'x-api-key': '' } }).reply).toEqual(unauthenticated);
  });

  it('finds what the plainest search finds, in pieces and whole', () => {
    const host = new ProxyWasmHost(path);
    const plugin = host.configure(JSON.stringify({ job: 'inspect', words: trickyWords }))!;
    for (const body of trickyBodies(7, 5_000)) {
      const stream = host.open(plugin);
      const expected = blocked[inspectNaively(body.join(''), trickyWords)];
      expect(
        host.send(stream, { body: body.length === 0 ? [''] : body }).reply,
        JSON.stringify(body),
      ).toEqual(expected);
      host.close(stream);
    }
  });

  it('looks at all of a large body, and does so again', () => {
    const host = new ProxyWasmHost(path);
    const plugin = host.configure(JSON.stringify({ job: 'inspect', words: ['secret'] }))!;
    const prose = 'Nothing to see here. '.repeat(200_000);
    for (let i = 0; i < 3; i++) {
      expect(host.send(host.open(plugin), { body: [prose] })).toMatchObject({ reply: null, hostCalls: 1 });
      expect(host.send(host.open(plugin), { body: [`${prose}secret`] }).reply).toEqual(blocked.word);
    }
  });

  it('keeps the jobs of several plugins and thousands of streams apart', () => {
    const host = new ProxyWasmHost(path);
    const plugins = ['1', '2', '3'].map((value) => [
      value,
      host.configure(JSON.stringify({ job: 'headers', request: { 'x-a': value } }))!,
    ]) as [string, number][];
    const open: [number, string][] = [];
    for (let i = 0; i < 6_000; i++) {
      const [value, plugin] = plugins[i % 3]!;
      open.push([host.open(plugin), value]);
      if (i % 3 === 1) host.close(open.splice((i * 7) % open.length, 1)[0]![0]);
    }
    for (const [stream, value] of open) expect(host.send(stream, {}).request).toEqual({ 'x-a': value });
  });

  it.each(refused)('refuses %s', (configuration, reason) => {
    const host = new ProxyWasmHost(path);
    expect(host.configure(configuration)).toBeNull();
    expect(host.log).toEqual([expect.stringContaining(`filterbench: job configuration: ${reason}`)]);
  });
});
