import { bufferLimitBytes } from './buffer-limit.js';

// Where load goes. It is here and not in base.yaml, as it hangs on the scenario: one without bodies is answered by Envoy
// itself, so that the filter is what differs.

// The route that a job can choose by a header which it sets; base.yaml has the like for proofs.
const byModel = {
  headers: [{ name: 'x-model', string_match: { exact: 'gpt-large' } }],
  added: { 'x-bench-route': 'large' },
} as const;

/** The routes of load, for base.yaml. */
export function loadRoutes(hasUpstream: boolean): unknown[] {
  const match = { prefix: '/' };
  if (!hasUpstream) return [{ match, direct_response: { status: 200, body: { inline_string: 'ok' } } }];
  const route = { cluster: 'upstream', timeout: '10s' };
  const added = Object.entries(byModel.added).map(([key, value]) => ({
    header: { key, value },
    append_action: 'OVERWRITE_IF_EXISTS_OR_ADD',
  }));
  return [
    { match: { ...match, headers: byModel.headers }, route, request_headers_to_add: added },
    { match, route },
  ];
}

/** What the route that a request takes adds to it, going by the headers that it has then. */
export function addedByRoute(
  headers: Readonly<Record<string, string | null>>,
): Readonly<Record<string, string>> {
  const takes = byModel.headers.every(({ name, string_match: { exact } }) => headers[name] === exact);
  return takes ? byModel.added : {};
}

/** The clusters of the load routes. */
export function upstreamClusters(address: unknown): unknown[] {
  return [
    {
      name: 'upstream',
      type: 'STATIC',
      connect_timeout: '2s',
      per_connection_buffer_limit_bytes: bufferLimitBytes,
      circuit_breakers: {
        thresholds: [{ max_connections: 100_000, max_pending_requests: 100_000, max_requests: 100_000 }],
      },
      load_assignment: {
        cluster_name: 'upstream',
        endpoints: [{ lb_endpoints: [{ endpoint: { address } }] }],
      },
    },
  ];
}
