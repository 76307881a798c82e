import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openRelay, type Relay } from '../../src/faults/relay.js';

let relay: Relay;
const echo = createServer((socket) => {
  socket.on('error', () => undefined);
  socket.pipe(socket);
});
beforeEach(async () => {
  echo.listen(0, '127.0.0.1');
  await once(echo, 'listening');
  relay = await openRelay({ host: '127.0.0.1', port: (echo.address() as AddressInfo).port });
});
afterEach(async () => {
  await relay[Symbol.asyncDispose]();
  echo.close();
});

async function client(): Promise<Socket> {
  const socket = connect(relay.address);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

async function said(socket: Socket, text: string): Promise<string> {
  socket.write(text);
  const [bytes] = await once(socket, 'data');
  return String(bytes);
}

it('passes bytes as they are, late, as garbage of the same length, and again as they are', async () => {
  const socket = await client();
  expect(await said(socket, 'plain and simple')).toBe('plain and simple');
  relay.bend({ kind: 'garbage' });
  socket.write('plain and simple');
  const [garbage] = await once(socket, 'data');
  expect(garbage).toHaveLength(16);
  expect(String(garbage)).not.toBe('plain and simple');
  relay.bend({ kind: 'late', ms: 1 });
  expect(await said(socket, 'late')).toBe('late');
  relay.bend(null);
  expect(await said(socket, 'plain')).toBe('plain');
});

it('closes what is open, and what is opened, until it may again', async () => {
  const old = await client();
  expect(await said(old, 'plain')).toBe('plain');
  const closed = once(old, 'close');
  relay.bend({ kind: 'closed' });
  await closed;
  await once(await client(), 'close');
  relay.bend(null);
  expect(await said(await client(), 'plain')).toBe('plain');
});

it('leaves no connection behind', async () => {
  const socket = await client();
  const closed = once(socket, 'close');
  await relay[Symbol.asyncDispose]();
  await closed;
});
