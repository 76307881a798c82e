import type { Server, Socket } from 'node:net';
import { listen } from '../../ext-server-node/listen.js';
import type { Address, TcpAddress } from '../../runtime/types.js';

/** A server of the probe's own, in this process, on a port of the loopback. */
export interface OpenServer extends AsyncDisposable {
  readonly address: TcpAddress;
}

const anyPort: Address = { host: '127.0.0.1', port: 0 };

/**
 * Lets a server listen; disposing ends its connections, too.
 * @throws MissingError where nothing can be bound.
 */
export async function openServer(server: Server): Promise<OpenServer> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // A probed Envoy may go away at any time.
    socket.on('error', () => undefined);
  });
  const address = await listen(server, 'probe', anyPort);
  if (!('port' in address)) throw new TypeError('a port was asked for');
  return {
    address,
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
