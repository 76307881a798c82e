import { request } from 'node:http';
import { status } from '@grpc/grpc-js';
import { describe, expect, it } from 'vitest';
import { loadScenarios } from '../../src/scenarios/load.js';
import { check, connectTo } from './grpc-client.js';
import { counts, type Server, startServer } from './server-process.js';

const bytes = (text: string) => Buffer.from(text);
const http = (http: object) => ({ attributes: { request: { http } } });
const raw = (key: string, value: string) =>
  http({ header_map: { headers: [{ key, raw_value: bytes(value) }] } });
const setting = (key: string, value: string) => ({ header: { key, value }, append_action: 2 });

describe.each([{ unix: false }, { unix: true }])('ext_authz over gRPC, on a Unix socket: $unix', (where) => {
  it('lets known keys pass, in either kind of header', async () => {
    await using server = await startServer('ext-authz-grpc', { job: 'access', keys: { k1: 'alice' } }, where);
    using client = connectTo(server);
    const passes = { status: {}, ok_response: { headers: [setting('x-client-id', 'alice')] } };
    const denied = {
      status: { code: status.UNAUTHENTICATED },
      denied_response: { status: { code: 401 }, body: 'Client authentication failed.' },
    };
    expect(await check(client, raw('x-api-key', 'k1'))).toMatchObject(passes);
    expect(await check(client, http({ headers: { 'x-api-key': 'k1' } }))).toMatchObject(passes);
    for (const unknown of [raw('x-api-key', 'k2'), raw('x-other', 'k1'), http({}), {}])
      expect(await check(client, unknown)).toMatchObject(denied);
    await expect.poll(() => counts(server)).toMatchObject({ requests: 6, checks: 6, denials: 4 });
  });
});

describe('ext_authz over gRPC', () => {
  it('sets headers on the request and on its response', async () => {
    const job = { job: 'headers', request: { 'x-up': 'a' }, response: { 'x-down': 'b' } };
    await using server = await startServer('ext-authz-grpc', job);
    using client = connectTo(server);
    expect(await check(client, http({}))).toEqual({
      status: {},
      http_response: 'ok_response',
      ok_response: { headers: [setting('x-up', 'a')], response_headers_to_add: [setting('x-down', 'b')] },
    });
  });

  it('verifies tokens, and tells a wrong audience from a wrong token', async () => {
    const { job, tables, cases } = (await loadScenarios(['jwt']))[0]!;
    await using server = await startServer('ext-authz-grpc', job);
    using client = connectTo(server);
    const [authorization = '', name = ''] = Object.entries(tables.rs256 ?? {})[0] ?? [];
    expect(await check(client, raw('authorization', authorization))).toMatchObject({
      ok_response: { headers: [setting('x-client-id', name)] },
    });
    const other = cases.find(({ expect: { client } }) => client.status === 403)?.request.headers;
    const refused = [
      ['', status.UNAUTHENTICATED, 401],
      [other?.authorization ?? '', status.PERMISSION_DENIED, 403],
    ] as const;
    for (const [text, code, http] of refused)
      expect(await check(client, raw('authorization', text))).toMatchObject({
        status: { code },
        denied_response: { status: { code: http } },
      });
  });

  it('tells the links of a chain apart by metadata', async () => {
    await using server = await startServer('ext-authz-grpc', { job: 'chain' });
    using client = connectTo(server);
    const own = [setting('x-bench-link-3', 'filterbench')];
    expect(await check(client, {}, '3')).toMatchObject({
      ok_response: { headers: own, response_headers_to_add: own },
    });
    await expect(check(client, {}, '0')).rejects.toMatchObject({ code: status.INVALID_ARGUMENT });
  });

  it('looks at bodies, packed as bytes or as text', async () => {
    await using server = await startServer('ext-authz-grpc', { job: 'inspect', words: ['blackthorn'] });
    using client = connectTo(server);
    const refused = {
      status: { code: status.PERMISSION_DENIED },
      denied_response: { status: { code: 403 }, body: 'Blocked: forbidden word.' },
    };
    expect(await check(client, http({ raw_body: bytes('a blackthorn') }))).toMatchObject(refused);
    expect(await check(client, http({ body: 'a blackthorn' }))).toMatchObject(refused);
    for (const clean of [http({ raw_body: bytes('a black thorn') }), http({})])
      expect(await check(client, clean)).toEqual({ status: {} });
  });

  it('routes by the body', async () => {
    await using server = await startServer('ext-authz-grpc', { job: 'model-routing' });
    using client = connectTo(server);
    const routed = (model: string) => ({ ok_response: { headers: [setting('x-model', model)] } });
    expect(await check(client, http({ raw_body: bytes('{"model":"gpt-large"}') }))).toMatchObject(
      routed('gpt-large'),
    );
    expect(await check(client, http({}))).toMatchObject(routed('none'));
  });
});

describe('ext_authz over HTTP', () => {
  it('answers by status and headers, and says no more than it must', async () => {
    await using server = await startServer('ext-authz-http', { job: 'access', keys: { k1: 'alice' } });
    expect(await send(server, { headers: { 'x-api-key': 'k1' } })).toEqual({
      status: 200,
      headers: { 'x-client-id': 'alice', 'content-length': '0', connection: 'keep-alive' },
      body: '',
    });
    expect(await send(server, {})).toMatchObject({
      status: 401,
      headers: { 'content-type': 'text/plain' },
      body: 'Client authentication failed.',
    });
    await expect.poll(() => counts(server)).toMatchObject({ requests: 2, checks: 2, denials: 1 });
  });

  it('looks at bodies', async () => {
    await using server = await startServer('ext-authz-http', { job: 'inspect', words: ['blackthorn'] });
    const long = `${'a quiet river, '.repeat(20_000)}blackthorn`;
    expect(await send(server, { method: 'POST', body: long })).toMatchObject({
      status: 403,
      body: 'Blocked: forbidden word.',
    });
    expect(await send(server, { method: 'POST', body: long.slice(0, -1) })).toMatchObject({
      status: 200,
      body: '',
    });
    expect(await send(server, {})).toMatchObject({ status: 200 });
  });

  it('tells the links of a chain apart by a header', async () => {
    await using server = await startServer('ext-authz-http', { job: 'chain' });
    const answer = await send(server, { headers: { 'x-bench-link': '2' } });
    expect(answer.headers).toMatchObject({ 'x-bench-link-2': 'filterbench' });
    expect(await send(server, { headers: { 'x-bench-link': 'x' } })).toMatchObject({ status: 400 });
  });
});

interface Sent {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

function send({ listen }: Server, { method = 'GET', headers = {}, body }: Sent) {
  const { hostname, port } = new URL(`http://${listen}`);
  return new Promise<{ status?: number; headers: object; body: string }>((resolve, reject) => {
    const call = request(
      { host: hostname, port, method, headers: { connection: 'keep-alive', ...headers } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const { statusCode, headers: got } = response;
          resolve({
            ...(statusCode && { status: statusCode }),
            headers: got,
            body: Buffer.concat(chunks).toString(),
          });
        });
      },
    );
    call.on('error', reject);
    call.end(body);
  });
}
