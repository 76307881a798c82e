import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { MethodDefinition } from '@grpc/grpc-js';
import { loadSync, type PackageDefinition } from '@grpc/proto-loader';

/** One method of Envoy's, with messages as plain objects in the names of the .proto file; bytes are Buffers. */
export type Method = MethodDefinition<object, object>;

/** Loads a method of the protobufs that come with grpc-js-xds. */
export function loadMethod(proto: string, service: string, method: string): Method {
  const definition = loadProto(proto)[service] as Readonly<Record<string, Method>> | undefined;
  const found = definition?.[method];
  if (!found) throw new Error(`${proto} has no ${service}/${method}`);
  return found;
}

/** The names of a message's fields, in the protobufs that come with grpc-js-xds. */
export function fieldsOf(proto: string, message: string): string[] {
  const { type } = (loadProto(proto)[message] ?? {}) as { type?: { field?: readonly { name: string }[] } };
  if (!type?.field) throw new Error(`${proto} has no ${message}`);
  return type.field.map(({ name }) => name);
}

/** A file of Envoy's protobufs that come with grpc-js-xds, comments and all. */
export function readProto(proto: string): string {
  return readFileSync(join(depsDir(), 'envoy-api', proto), 'utf8');
}

function depsDir(): string {
  return join(dirname(createRequire(import.meta.url).resolve('@grpc/grpc-js-xds/package.json')), 'deps');
}

function loadProto(proto: string): PackageDefinition {
  const deps = depsDir();
  return loadSync(proto, {
    includeDirs: ['envoy-api', 'xds', 'protoc-gen-validate', 'googleapis'].map((name) => join(deps, name)),
    keepCase: true,
    longs: Number,
    oneofs: true,
  });
}

/** The same method, but answered with messages that are encoded already: a constant one is encoded once in its life. */
export function answeredEncoded<Request>({
  path,
  requestStream,
  responseStream,
  requestDeserialize,
}: Method) {
  const asIs = (message: Buffer) => message;
  const definition: MethodDefinition<Request, Buffer> = {
    path,
    requestStream,
    responseStream,
    requestSerialize: () => {
      throw new Error('a server sends no requests');
    },
    requestDeserialize: requestDeserialize as unknown as (bytes: Buffer) => Request,
    responseSerialize: asIs,
    responseDeserialize: asIs,
  };
  return definition;
}
