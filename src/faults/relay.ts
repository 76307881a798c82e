import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { TcpAddress } from '../runtime/types.js';

/** How a relay treats what the server says: late, as garbage of the same length, or not at all, as it closes every connection. */
export type Bend = { readonly kind: 'late'; readonly ms: number } | { readonly kind: 'garbage' | 'closed' };

/** Passes bytes on between Envoy and a server, as they are until it is told otherwise. */
export interface Relay extends AsyncDisposable {
  readonly address: TcpAddress;
  /** Null: bytes pass as they are. */
  bend(bend: Bend | null): void;
}

/** Opens a relay on a free port of 127.0.0.1. */
export async function openRelay(target: TcpAddress): Promise<Relay> {
  let bend: Bend | null = null;
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    // An end that breaks breaks the pair: see `close`.
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
  };

  const relay = createServer({ noDelay: true }, (client) => {
    keep(client);
    if (bend?.kind === 'closed') {
      client.destroy();
      return;
    }
    const server = connect({ ...target, noDelay: true });
    keep(server);
    client.once('close', () => server.destroy());
    server.once('close', () => client.destroy());
    client.on('data', (bytes) => server.write(bytes));
    server.on('data', (bytes) => passOn(client, bytes, bend));
  });
  relay.listen(0, '127.0.0.1');
  await once(relay, 'listening');
  const { port } = relay.address() as AddressInfo;
  const closeAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    address: { host: '127.0.0.1', port },
    bend(next) {
      bend = next;
      if (next?.kind === 'closed') closeAll();
    },
    async [Symbol.asyncDispose]() {
      relay.close();
      closeAll();
    },
  };
}

function passOn(client: Socket, bytes: Buffer, bend: Bend | null): void {
  if (bend?.kind === 'late') setTimeout(() => client.write(bytes), bend.ms);
  else client.write(bend?.kind === 'garbage' ? randomBytes(bytes.length) : bytes);
}
