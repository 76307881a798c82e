import { prebuilt } from './prebuilt.js';
import { type Job, type Mechanism, type ServerSpec, type Support, supported, type Variant } from './types.js';

function rust(id: string, server: Omit<ServerSpec, 'program'>): Variant {
  return {
    id,
    mechanism: 'ext-authz',
    class: 'external',
    config: server.protocol,
    extensions: ['envoy.filters.http.ext_authz', 'envoy.extensions.filters.http.ext_authz.v3.ExtAuthz'],
    server: { ...server, program: prebuilt.extServer },
    support,
    artefacts: () => [],
    variables: () => ({}),
    env: () => ({}),
    counters: () => [
      { grows: ['http.bench.ext_authz.ok', 'http.bench.ext_authz.denied'], perRequest: 1 },
      { grows: ['ext_server.requests'], perRequest: 1 },
      { staysZero: ['http.bench.ext_authz.error', 'http.bench.ext_authz.timeout'] },
    ],
  };
}

export const extAuthz: Mechanism = {
  name: 'ext-authz',
  title: 'ext_authz',
  variants: [
    rust('ext-authz/rust-grpc', { protocol: 'ext-authz-grpc', transport: 'tcp' }),
    rust('ext-authz/rust-grpc-uds', { protocol: 'ext-authz-grpc', transport: 'uds' }),
    rust('ext-authz/rust-http', { protocol: 'ext-authz-http', transport: 'tcp' }),
  ],
};

function support({ scenario }: Job): Support {
  if (scenario.name !== 'noop') return supported;
  return {
    status: 'unsupported',
    reason: 'ext_authz asks its server on the request only; nothing is called on the response headers',
  };
}
