import { linksOf } from '../scenarios/scenario.js';
import { servedByNode } from './languages.js';
import { prebuilt } from './prebuilt.js';
import { type Job, type Mechanism, type ServerSpec, type Support, supported, type Variant } from './types.js';

function answeredBy(program: string, id: string, server: Omit<ServerSpec, 'program'>): Variant {
  return {
    id,
    mechanism: 'ext-authz',
    class: 'external',
    config: server.protocol,
    extensions: ['envoy.filters.http.ext_authz', 'envoy.extensions.filters.http.ext_authz.v3.ExtAuthz'],
    server: { ...server, program },
    support,
    artefacts: () => [],
    variables: () => ({}),
    env: () => ({}),
    counters: ({ scenario }) => [
      { grows: ['http.bench.ext_authz.ok', 'http.bench.ext_authz.denied'], perRequest: linksOf(scenario) },
      { grows: ['ext_server.requests'], perRequest: linksOf(scenario) },
      { staysZero: ['http.bench.ext_authz.error', 'http.bench.ext_authz.timeout'] },
    ],
  };
}

export const extAuthz: Mechanism = {
  name: 'ext-authz',
  title: 'ext_authz',
  variants: [
    answeredBy(prebuilt.extServer, 'ext-authz/rust-grpc', { protocol: 'ext-authz-grpc', transport: 'tcp' }),
    answeredBy(prebuilt.extServer, 'ext-authz/rust-grpc-uds', {
      protocol: 'ext-authz-grpc',
      transport: 'uds',
    }),
    answeredBy(prebuilt.extServer, 'ext-authz/rust-http', { protocol: 'ext-authz-http', transport: 'tcp' }),
    {
      ...answeredBy(prebuilt.extServerNode, 'ext-authz/typescript-grpc', {
        protocol: 'ext-authz-grpc',
        transport: 'tcp',
      }),
      ...servedByNode,
    },
  ],
};

const reasons: Readonly<Record<string, string>> = {
  noop: 'ext_authz asks its server on the request only; nothing is called on the response headers',
  redact: 'ext_authz shows its server the request body, but takes no other one back, and shows no response',
  'json-rewrite': 'ext_authz shows its server the request body, but takes no other one back',
};

function support({ scenario }: Job): Support {
  const reason = reasons[scenario.family];
  return reason === undefined ? supported : { status: 'unsupported', reason };
}
