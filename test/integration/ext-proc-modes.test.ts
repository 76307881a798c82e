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
    ['ext-proc/rust-http', 'noop'],
    ['ext-proc/rust-http', 'access'],
    ['ext-proc/rust-http', 'chain-4'],
  ])('%s does %s', async (id, scenario) => {
    const { verdict } = await tryArm(variant(id), scenario, { envoyVersion });
    expect(verdict).toEqual({ status: 'valid', reason: null });
  });
});

it('an observer that misses messages gives itself away by what it counts', async () => {
  const deaf: Variant = { ...variant('ext-proc/rust-observe'), fragment: await withoutResponses() };
  const { verdict } = await tryArm(deaf, 'noop');
  expect(verdict.status).toBe('invalid');
  expect(verdict.reason).toMatch(/stream_msgs_sent grew by \d+.*ext_server\.responseHeaders grew by 0/);
});

/** The configuration of the mode, sending one phase only. */
async function withoutResponses(): Promise<ConfigFragment> {
  const fragment = await readFragment('ext-proc-observe', 'noop');
  return JSON.parse(
    JSON.stringify(fragment).replace('"response_header_mode":"SEND"', '"response_header_mode":"SKIP"'),
  );
}

it.each([
  ['no JSON', 200, 'ok'],
  ['a refusal', 400, '{"request_headers":{}}'],
  ['another phase', 200, '{"response_headers":{}}'],
])('a processor over HTTP that answers %s is found out', async (_what, status, body) => {
  const server = createServer((_request, response) => response.writeHead(status).end(body));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = server.address() as AddressInfo;
    const address = { socket_address: { address: '127.0.0.1', port_value: port } };
    const asking = { ...variant('ext-proc/rust-http'), server: null, variables: () => ({ server: address }) };
    const { verdict } = await tryArm(asking, 'noop');
    expect(verdict.status).toBe('invalid');
    expect(verdict.reason).toMatch(/^before-load, .*status 500/);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
