import type { ServerUnaryCall, sendUnaryData } from '@grpc/grpc-js';
import { checkMethod } from '../../ext-server-node/ext-authz/grpc-wording.js';
import { grpcClients, newGrpcServer } from '../../ext-server-node/grpc/server.js';
import { type OpenServer, openServer } from './open-server.js';

/** What is read of a check. */
interface Check {
  readonly attributes?: {
    readonly request?: {
      readonly http?: {
        readonly method?: string;
        readonly path?: string;
        readonly body?: string;
        readonly raw_body?: Buffer;
        readonly headers?: Readonly<Record<string, string>>;
      };
    };
  };
}

/** A check as the server was told of it. */
export interface CheckSeen {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An authorization server over gRPC that gives every check the same answer, and keeps what it was told. */
export async function openAuthzGrpc(answer: object): Promise<OpenServer & { readonly seen: CheckSeen[] }> {
  const seen: CheckSeen[] = [];
  const server = newGrpcServer();
  const Check = (call: ServerUnaryCall<Check, object>, respond: sendUnaryData<object>) => {
    const { method, path, headers = {}, raw_body: raw, body } = call.request.attributes?.request?.http ?? {};
    seen.push({ method, path, headers, body: raw?.toString('utf8') ?? body ?? '' });
    respond(null, answer);
  };
  server.addService({ Check: checkMethod }, { Check });
  const clients = grpcClients(server);
  const { address, [Symbol.asyncDispose]: close } = await openServer(clients.accepts);
  return { address, seen, [Symbol.asyncDispose]: close };
}
