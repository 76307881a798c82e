import { olderThan } from '../envoy/version.js';
import type { CounterRule } from './counters.js';
import { type Job, type Mechanism, type Support, supported, type Variant } from './types.js';

const builtIn: Variant = {
  id: 'cpp',
  mechanism: 'cpp',
  class: 'in-process',
  config: 'cpp',
  extensions: [
    'envoy.filters.http.header_mutation',
    'envoy.extensions.filters.http.header_mutation.v3.HeaderMutation',
    'envoy.filters.http.api_key_auth',
    'envoy.extensions.filters.http.api_key_auth.v3.ApiKeyAuth',
    'envoy.filters.http.jwt_authn',
    'envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication',
    'envoy.filters.http.json_to_metadata',
    'envoy.extensions.filters.http.json_to_metadata.v3.JsonToMetadata',
    'envoy.filters.http.set_filter_state',
    'envoy.extensions.filters.http.set_filter_state.v3.Config',
    'envoy.filters.http.transform',
    'envoy.extensions.filters.http.transform.v3.TransformConfig',
  ],
  server: null,
  support,
  artefacts: () => [],
  variables: ({ scenario }) => ({
    credentials: credentials(scenario.tables.keys ?? scenario.tables.tenants ?? {}),
    jwks: JSON.stringify({ keys: scenario.job.keys ?? [] }),
  }),
  env: () => ({}),
  counters: countersOf,
};

/** Envoy's own built-in filters: general ones, not C++ written for the job. */
export const cpp: Mechanism = { name: 'cpp', title: 'C++ built-in', variants: [builtIn] };

/** What the built-ins that do a job need, or why none does it. */
const limits: Readonly<Record<string, { readonly since: string; readonly reason: string } | string>> = {
  inspect: 'no built-in filter searches bodies for numbers with a check digit and for words',
  redact: 'no built-in filter masks a part of a body',
  'model-routing': {
    since: '1.38.0',
    reason:
      'json_to_metadata and header_mutation set the header, but the route is chosen again only by ' +
      "set_filter_state's clear_route_cache, which came with Envoy 1.38",
  },
  'json-rewrite': { since: '1.37.0', reason: 'the transform filter came with Envoy 1.37' },
};

function support({ scenario, envoyVersion }: Job): Support {
  const limit = limits[scenario.family];
  if (typeof limit === 'string') return { status: 'unsupported', reason: limit };
  if (limit === undefined || !olderThan(envoyVersion, limit.since)) return supported;
  return { status: 'unavailable', reason: limit.reason };
}

function credentials(clients: Readonly<Record<string, string>>) {
  return Object.entries(clients).map(([key, client]) => ({ key, client }));
}

const apiKeyAuth = ['allowed', 'unauthorized', 'unauthenticated'].map(
  (name) => `http.bench.api_key_auth.${name}`,
);
const jsonToMetadata = ['success', 'no_body', 'invalid_json_body'].map(
  (name) => `json_to_metadata.rq.${name}`,
);

/** Counters of which one grows for each request, by family; header_mutation counts nothing. */
const outcomes: Readonly<Record<string, readonly string[]>> = {
  access: apiKeyAuth,
  lookup: apiKeyAuth,
  jwt: ['allowed', 'denied'].map((name) => `http.bench.jwt_authn.${name}`),
  'model-routing': jsonToMetadata,
  // The doubled dot is Envoy's.
  'json-rewrite': ['http.bench..http_transform.rq_transformed', 'http.bench.http_transform.rq_transformed'],
};

function countersOf({ scenario }: Job): readonly CounterRule[] {
  const names = outcomes[scenario.family];
  return names === undefined ? [] : [{ grows: names, perRequest: 1 }];
}
