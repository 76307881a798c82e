import type { Http2Server, ServerOptions } from 'node:http2';
import { createServer } from 'node:net';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { MissingError } from '../../errors.js';
import type { ClientServer } from '../serve.js';

/** Room for bodies, so that a window never holds Envoy back. */
const windowBytes = 1 << 20;

const unlimited = -1;

/**
 * Envoy resets the stream of each request that ext_proc is done with; that is no attack. Node 20 knows no such options: a
 * connection of it is cut at its 1,000th reset and 33 more a second, so there Envoy must be told to close streams gracefully.
 */
const resets = { streamResetBurst: 1_000_000, streamResetRate: 1_000_000 };

/** How long calls under way may take once the server is told to stop; it ends anyway soon after. */
const drainMs = 200;

/** A grpc-js server without what is not asked of it: no limits of size, no channelz to keep books for. */
export function newGrpcServer(): Server {
  const server = new Server({
    'grpc.max_receive_message_length': unlimited,
    'grpc.max_send_message_length': unlimited,
    'grpc.enable_channelz': 0,
  });
  adjustHttp2(server);
  return server;
}

/** Serves `server` over connections of our own accepting. */
export function grpcClients(server: Server): ClientServer {
  const injector = server.createConnectionInjector(ServerCredentials.createInsecure());
  return {
    accepts: createServer({ noDelay: true }, (socket) => injector.injectConnection(socket)),
    drain: () => injector.drain(drainMs),
  };
}

/** What grpc-js keeps to itself: its options name a client's windows, but not a server's, and no resets. */
interface Inside {
  readonly commonServerOptions?: ServerOptions;
  createHttp2Server?(credentials: ServerCredentials): Http2Server;
}

function adjustHttp2(server: Server): void {
  const inside = server as unknown as Inside;
  const { commonServerOptions, createHttp2Server } = inside;
  if (!commonServerOptions || !createHttp2Server) {
    throw new MissingError(
      'this version of @grpc/grpc-js does not show where HTTP/2 is configured',
      'install the version of package-lock.json',
    );
  }
  commonServerOptions.settings = { ...commonServerOptions.settings, initialWindowSize: windowBytes };
  Object.assign(commonServerOptions, resets);
  inside.createHttp2Server = (credentials) => {
    const http2 = createHttp2Server.call(server, credentials);
    // The window of a whole connection is no setting.
    http2.on('session', (session) => session.setLocalWindowSize(windowBytes));
    return http2;
  };
}
