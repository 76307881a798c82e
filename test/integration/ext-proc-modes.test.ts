import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { type ConfigFragment, readFragment } from '../../src/envoy/config.js';
import { selectVariants, type Variant } from '../../src/mechanisms/index.js';
import { tryArm } from '../support/one-arm.js';

const variant = (id: string): Variant => selectVariants([id]).find((candidate) => candidate.id === id)!;

describe.each(['1.36.4', '1.40.0'])('Envoy %s', (envoyVersion) => {
  it.each([
    ['lua/file', 'chain-2'],
    ['ext-proc/rust-observe', 'noop'],
    ['ext-proc/rust-http', 'access'],
    ['ext-proc/rust-http', 'lookup'],
  ])('%s does %s', async (id, scenario) => {
    const { verdict } = await tryArm(variant(id), scenario, { envoyVersion });
    expect(verdict).toEqual({ status: 'valid', reason: null });
  });

  it('loses what is said over HTTP to the headers of a direct response', async () => {
    const fragment = await changed('ext-proc-http', 'access', 'SKIP', 'SEND');
    const { verdict } = await tryArm({ ...variant('ext-proc/rust-http'), fragment }, 'noop', {
      envoyVersion,
    });
    expect(verdict).toEqual({
      status: 'invalid',
      reason: 'before-load, load mix: Error: no answer within 3000 ms',
    });
  });
});

it('an observer that misses messages gives itself away by what it counts', async () => {
  const fragment = await changed('ext-proc-observe', 'noop', 'SEND', 'SKIP');
  const deaf: Variant = { ...variant('ext-proc/rust-observe'), fragment };
  const { verdict } = await tryArm(deaf, 'noop');
  expect(verdict.status).toBe('invalid');
  expect(verdict.reason).toMatch(/stream_msgs_sent grew by \d+.*ext_server\.responseHeaders grew by 0/);
});

/** A configuration with another mode for response headers. */
async function changed(name: string, family: string, from: string, to: string): Promise<ConfigFragment> {
  const mode = (value: string) => `"response_header_mode":"${value}"`;
  const text = JSON.stringify(await readFragment(name, family));
  expect(text).toContain(mode(from));
  return JSON.parse(text.replace(mode(from), mode(to)));
}

it.each([
  ['no JSON', 200, 'ok'],
  ['a refusal', 400, '{"request_headers":{}}'],
  ['for another phase', 200, '{"response_headers":{}}'],
])('a processor over HTTP that answers %s is found out', async (_what, status, body) => {
  const server = createServer((_request, response) => response.writeHead(status).end(body));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = server.address() as AddressInfo;
    const address = { socket_address: { address: '127.0.0.1', port_value: port } };
    const asking = { ...variant('ext-proc/rust-http'), server: null, variables: () => ({ server: address }) };
    const { verdict } = await tryArm(asking, 'access');
    expect(verdict.status).toBe('invalid');
    expect(verdict.reason).toMatch(/^before-load, .*status 500/);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
