import { type Job, type Mechanism, supported, type Variant } from './types.js';

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
  ],
  server: null,
  support: () => supported,
  artefacts: () => [],
  variables: ({ scenario }) => ({ credentials: credentials(scenario.tables.keys ?? {}) }),
  env: () => ({}),
  counters: countersOf,
};

/** Envoy's own built-in filters: general ones, not C++ written for the job. */
export const cpp: Mechanism = { name: 'cpp', title: 'C++ built-in', variants: [builtIn] };

function credentials(keys: Readonly<Record<string, string>>) {
  return Object.entries(keys).map(([key, client]) => ({ key, client }));
}

// header_mutation counts nothing; api_key_auth counts both outcomes.
function countersOf({ scenario }: Job) {
  if (scenario.name !== 'access') return [];
  const names = ['allowed', 'unauthorized', 'unauthenticated'].map(
    (name) => `http.bench.api_key_auth.${name}`,
  );
  return [{ grows: names, perRequest: 1 }];
}
