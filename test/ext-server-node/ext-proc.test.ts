import { once } from 'node:events';
import { connect } from 'node:http2';
import { status } from '@grpc/grpc-js';
import { describe, expect, it } from 'vitest';
import { connectTo, converse } from './grpc-client.js';
import { counts, startServer } from './server-process.js';

const bytes = (text: string) => Buffer.from(text);
const header = (key: string, value: string) => ({ key, raw_value: bytes(value) });
const requestHeaders = (headers: object[] = [], endOfStream = false) => ({
  request_headers: { headers: { headers }, end_of_stream: endOfStream },
});
const requestBody = (body: Buffer) => ({ request_body: { body, end_of_stream: true } });
const responseBody = (body: Buffer) => ({ response_body: { body, end_of_stream: true } });
const setting = (key: string, value: string) => ({
  header_mutation: { set_headers: [{ header: header(key, value), append_action: 2 }] },
});

describe.each([{ unix: false }, { unix: true }])('ext_proc, on a Unix socket: $unix', (where) => {
  it('sets headers both ways, and counts', async () => {
    const job = { job: 'headers', request: { 'x-up': 'a' }, response: { 'x-down': 'b' } };
    await using server = await startServer('ext-proc', job, where);
    using client = connectTo(server);
    expect(await converse(client, [requestHeaders(), { response_headers: {} }])).toMatchObject([
      { response: 'request_headers', request_headers: { response: setting('x-up', 'a') } },
      { response: 'response_headers', response_headers: { response: setting('x-down', 'b') } },
    ]);
    await expect
      .poll(() => counts(server))
      .toMatchObject({ requests: 1, requestHeaders: 1, responseHeaders: 1, denials: 0 });
  });
});

describe('ext_proc', () => {
  it('does nothing for noop', async () => {
    await using server = await startServer('ext-proc', { job: 'noop' });
    using client = connectTo(server);
    expect(await converse(client, [requestHeaders(), { response_headers: {} }])).toEqual([
      { response: 'request_headers', request_headers: {} },
      { response: 'response_headers', response_headers: {} },
    ]);
  });

  it('looks a key up by the bytes of a header, whichever field holds them', async () => {
    await using server = await startServer('ext-proc', {
      job: 'access',
      keys: { k1: 'alice', größe: 'bob' },
    });
    using client = connectTo(server);
    const said = async (...headers: object[]) => (await converse(client, [requestHeaders(headers)]))[0];
    const passes = (name: string) => ({ request_headers: { response: setting('x-client-id', name) } });
    const denied = {
      immediate_response: { status: { code: 401 }, body: bytes('Client authentication failed.') },
    };
    expect(await said(header('x-other', 'k2'), header('x-api-key', 'k1'))).toMatchObject(passes('alice'));
    expect(await said({ key: 'x-api-key', value: 'k1' })).toMatchObject(passes('alice'));
    expect(await said(header('x-api-key', 'größe'))).toMatchObject(passes('bob'));
    expect(await said(header('x-api-key', 'k10'))).toMatchObject(denied);
    expect(await said()).toMatchObject(denied);
    await expect.poll(() => counts(server)).toMatchObject({ requests: 5, denials: 2 });
  });

  it('routes by the whole body, and where none follows by the headers', async () => {
    await using server = await startServer('ext-proc', { job: 'model-routing' });
    using client = connectTo(server);
    const rerouted = (model: string) => ({
      response: { ...setting('x-model', model), clear_route_cache: true },
    });
    expect(
      await converse(client, [requestHeaders(), requestBody(bytes('{"model":"gpt-large"}'))]),
    ).toMatchObject([
      { request_headers: {} },
      { response: 'request_body', request_body: rerouted('gpt-large') },
    ]);
    expect(await converse(client, [requestHeaders([], true)])).toMatchObject([
      { response: 'request_headers', request_headers: rerouted('none') },
    ]);
    expect(
      await converse(client, [requestHeaders(), { request_body: { end_of_stream: true } }]),
    ).toMatchObject([{}, { request_body: rerouted('none') }]);
  });

  it('refuses by the body, but never before it', async () => {
    await using server = await startServer('ext-proc', { job: 'inspect', words: ['blackthorn'] });
    using client = connectTo(server);
    const say = (body: string) => converse(client, [requestHeaders(), requestBody(bytes(body))]);
    const refused = (body: string) => ({ immediate_response: { status: { code: 403 }, body: bytes(body) } });
    expect(await say('nothing')).toEqual([
      { response: 'request_headers', request_headers: {} },
      { response: 'request_body', request_body: {} },
    ]);
    expect(await say('a blackthorn')).toMatchObject([{}, refused('Blocked: forbidden word.')]);
    expect(await say('blackthorn 4111111111111111')).toMatchObject([{}, refused('Blocked: card number.')]);
    await expect.poll(() => counts(server)).toMatchObject({ requests: 3, requestBodies: 3, denials: 2 });
  });

  it('replaces bodies both ways, up to sizes that no window holds', async () => {
    await using server = await startServer('ext-proc', { job: 'redact', words: ['moonstone'] });
    using client = connectTo(server);
    const [body, masked] = ['moonstone', '*********'].map((word) =>
      Buffer.alloc(3 << 20, `${word} and on, `),
    );
    const answers = await converse(client, [requestBody(body!), responseBody(body!)]);
    const replaced = (answer: unknown, phase: string) =>
      (answer as Record<string, { response: { body_mutation: { body: Buffer } } }>)[phase]!.response
        .body_mutation.body;
    // Compared as bytes: a message about 3 MiB would help nobody.
    expect(replaced(answers[0], 'request_body').equals(masked!)).toBe(true);
    expect(replaced(answers[1], 'response_body').equals(masked!)).toBe(true);
    await expect
      .poll(() => counts(server))
      .toMatchObject({ requests: 1, requestBodies: 1, responseBodies: 1 });
  });

  it('splices JSON', async () => {
    await using server = await startServer('ext-proc', {
      job: 'json-rewrite',
      field: 'model',
      value: 'gpt-small',
    });
    using client = connectTo(server);
    const [answer] = await converse(client, [requestBody(bytes('{ "a":1, "model" : "x"}'))]);
    const body = bytes('{ "a":1, "model" : "gpt-small"}');
    expect(answer).toMatchObject({ request_body: { response: { body_mutation: { body } } } });
  });

  it('tells the links of a chain apart by metadata', async () => {
    await using server = await startServer('ext-proc', { job: 'chain' });
    using client = connectTo(server);
    for (const link of ['1', '2', '16']) {
      const [answer] = await converse(client, [requestHeaders()], link);
      expect(answer).toMatchObject({
        request_headers: { response: setting(`x-bench-link-${link}`, 'filterbench') },
      });
    }
    await expect(converse(client, [requestHeaders()], '17')).rejects.toMatchObject({
      code: status.INVALID_ARGUMENT,
    });
  });

  it('says what it does not look at', async () => {
    await using server = await startServer('ext-proc', { job: 'noop' });
    using client = connectTo(server);
    for (const message of [requestBody(bytes('x')), { request_trailers: {} }, {}]) {
      const refusal = {
        code: status.FAILED_PRECONDITION,
        details: expect.stringContaining('processing_mode'),
      };
      await expect(converse(client, [message])).rejects.toMatchObject(refusal);
    }
    await using redacting = await startServer('ext-proc', { job: 'redact', words: ['moonstone'] });
    using other = connectTo(redacting);
    await expect(converse(other, [{ request_body: { body: bytes('moon') } }])).rejects.toMatchObject({
      code: status.FAILED_PRECONDITION,
      details: expect.stringContaining('BUFFERED'),
    });
  });

  it('holds many streams at once, and counts each', async () => {
    await using server = await startServer('ext-proc', { job: 'noop' });
    using client = connectTo(server);
    await Promise.all(Array.from({ length: 300 }, () => converse(client, [requestHeaders()])));
    await expect.poll(() => counts(server)).toMatchObject({ requests: 300, requestHeaders: 300 });
  });

  it('has windows of 1 MiB, for a stream and for all of them together', async () => {
    await using server = await startServer('ext-proc', { job: 'noop' });
    const session = connect(`http://${server.listen}`);
    try {
      const [settings] = await once(session, 'remoteSettings');
      expect(settings).toMatchObject({ initialWindowSize: 1 << 20 });
      await expect.poll(() => session.state.remoteWindowSize).toBe(1 << 20);
    } finally {
      session.destroy();
    }
  });
});
