import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { TcpAddress } from '../../src/runtime/types.js';

/** A server of the test on loopback, with the connections that it has open. */
export interface LocalServer extends AsyncDisposable {
  readonly address: TcpAddress;
  readonly url: string;
  readonly connections: ReadonlySet<Socket>;
}

export async function serve(answer: RequestListener): Promise<LocalServer> {
  const connections = new Set<Socket>();
  const server = createServer(answer);
  server.on('connection', (socket) => {
    connections.add(socket);
    socket.on('close', () => connections.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    address: { host: '127.0.0.1', port },
    url: `http://127.0.0.1:${port}`,
    connections,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** A port of loopback where nothing listens. */
export async function freePort(): Promise<number> {
  await using server = await serve(() => undefined);
  return server.address.port;
}
