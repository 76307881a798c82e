import type { ServerDuplexStream } from '@grpc/grpc-js';
import { type ProcessingRequest, processMethod } from '../../ext-server-node/ext-proc/messages.js';
import { answeredEncoded } from '../../ext-server-node/grpc/protos.js';
import { grpcClients, newGrpcServer } from '../../ext-server-node/grpc/server.js';
import { type OpenServer, openServer } from './open-server.js';

/** A message of Envoy as the processor was told of it. */
export interface MessageSeen {
  readonly phase: string;
  /** Of a body. */
  readonly text?: string;
  readonly isLast?: boolean;
}

/** Answers to a message, encoded: none, one or several. */
export type Answering = (message: MessageSeen) => readonly Buffer[];

/** A processor over gRPC that keeps what it was told; each request of a client has an `Answering` of its own. */
export async function openProcessor(
  converse: () => Answering,
): Promise<OpenServer & { readonly seen: MessageSeen[] }> {
  const seen: MessageSeen[] = [];
  const server = newGrpcServer();
  const Process = (call: ServerDuplexStream<ProcessingRequest, Buffer>) => {
    const answer = converse();
    call.on('data', (message: ProcessingRequest) => {
      const one = describe(message);
      seen.push(one);
      for (const encoded of answer(one)) call.write(encoded);
    });
    call.on('end', () => call.end());
    // Envoy resets a stream that it is done with.
    call.on('error', () => undefined);
  };
  server.addService({ Process: answeredEncoded<ProcessingRequest>(processMethod) }, { Process });
  const { address, [Symbol.asyncDispose]: close } = await openServer(grpcClients(server).accepts);
  return { address, seen, [Symbol.asyncDispose]: close };
}

function describe(message: ProcessingRequest): MessageSeen {
  switch (message.request) {
    case 'request_body':
      return ofBody(message.request, message.request_body);
    case 'response_body':
      return ofBody(message.request, message.response_body);
    default:
      return { phase: message.request ?? 'unknown' };
  }
}

function ofBody(
  phase: string,
  { body, end_of_stream: isLast = false }: { body?: Buffer; end_of_stream?: boolean },
) {
  return { phase, text: body?.toString('utf8') ?? '', isLast };
}
