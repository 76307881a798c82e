import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { loadPackageDefinition, Server, ServerCredentials, type ServerDuplexStream } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';

const deps = join(dirname(createRequire(import.meta.url).resolve('@grpc/grpc-js-xds/package.json')), 'deps');
const protos = loadSync('envoy/service/ext_proc/v3/external_processor.proto', {
  includeDirs: ['envoy-api', 'xds', 'protoc-gen-validate', 'googleapis'].map((name) => join(deps, name)),
  keepCase: true,
  oneofs: true,
});

type Call = ServerDuplexStream<{ request: string }, unknown>;

/** An ext_proc server for tests, in TypeScript; `onMessage` decides what it answers. */
export async function startExtProcServer(
  onMessage: (call: Call, message: { request: string }) => void,
): Promise<{ port: number } & AsyncDisposable> {
  const server = new Server();
  const root = loadPackageDefinition(protos) as unknown as {
    envoy: { service: { ext_proc: { v3: { ExternalProcessor: { service: never } } } } };
  };
  server.addService(root.envoy.service.ext_proc.v3.ExternalProcessor.service, {
    Process(call: Call) {
      call.on('data', (message: { request: string }) => onMessage(call, message));
      call.on('end', () => call.end());
      call.on('error', () => undefined);
    },
  } as never);
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  return { port, [Symbol.asyncDispose]: async () => server.forceShutdown() };
}
