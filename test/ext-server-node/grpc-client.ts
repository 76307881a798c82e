import { Client, credentials, Metadata, type ServiceError } from '@grpc/grpc-js';
import { checkMethod } from '../../src/ext-server-node/ext-authz/grpc-wording.js';
import { processMethod } from '../../src/ext-server-node/ext-proc/messages.js';
import type { Server } from './server-process.js';

/** A client of a server under test. */
export function connectTo({ listen }: Pick<Server, 'listen'>): Client & Disposable {
  const client = new Client(listen, credentials.createInsecure(), { 'grpc.max_receive_message_length': -1 });
  return Object.assign(client, { [Symbol.dispose]: () => client.close() });
}

/** Speaks as Envoy's ext_proc does: each message is answered before the next one goes. */
export async function converse(
  client: Client,
  messages: readonly object[],
  link?: string,
): Promise<unknown[]> {
  const { path, requestSerialize, responseDeserialize } = processMethod;
  const call = client.makeBidiStreamRequest(path, requestSerialize, responseDeserialize, metadata(link));
  return new Promise((resolve, reject) => {
    const answers: unknown[] = [];
    const next = () => {
      const message = messages[answers.length];
      if (message) call.write(message);
      else call.end();
    };
    call.on('data', (answer) => {
      answers.push(answer);
      next();
    });
    call.on('error', reject);
    call.on('end', () => resolve(answers));
    next();
  });
}

/** Speaks as Envoy's ext_authz does. */
export function check(client: Client, request: object, link?: string): Promise<unknown> {
  const { path, requestSerialize, responseDeserialize } = checkMethod;
  return new Promise((resolve, reject) => {
    const done = (error: ServiceError | null, answer?: object) => (error ? reject(error) : resolve(answer));
    client.makeUnaryRequest(path, requestSerialize, responseDeserialize, request, metadata(link), done);
  });
}

function metadata(link: string | undefined): Metadata {
  const all = new Metadata();
  if (link !== undefined) all.set('x-bench-link', link);
  return all;
}
