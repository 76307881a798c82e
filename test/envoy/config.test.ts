import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { bufferLimitBytes } from '../../src/envoy/buffer-limit.js';
import {
  type ConfigFragment,
  composeConfig,
  fragmentSchema,
  readBase,
  readFragment,
} from '../../src/envoy/config.js';
import { addedByRoute } from '../../src/envoy/load-route.js';
import { packagePaths } from '../../src/paths.js';

const base = await readBase();
const address = { socket_address: { address: '127.0.0.1', port_value: 1 } };
const variables = { runtime_flags: {}, admin: address, listener: address, echo: address, job: '{}' };

function compose(
  more: object = {},
  fragment: ConfigFragment = { http_filters: [], clusters: [] },
  links?: object[],
) {
  const own = { ...variables, ...more };
  const config = parse(
    links
      ? composeConfig(
          base,
          fragment,
          own,
          links.map((link) => ({ ...own, ...link })),
        )
      : composeConfig(base, fragment, own),
  );
  const manager = config.static_resources.listeners[0].filter_chains[0].filters[0].typed_config;
  return {
    virtualHost: manager.route_config.virtual_hosts[0] as Record<string, unknown>,
    routes: manager.route_config.virtual_hosts[0].routes as Record<string, unknown>[],
    filters: manager.http_filters as { name: string; config?: unknown }[],
    clusters: config.static_resources.clusters as {
      name: string;
      per_connection_buffer_limit_bytes?: number;
    }[],
  };
}

describe('where load goes', () => {
  it('without an upstream is answered by Envoy itself', () => {
    const { routes, clusters } = compose();
    expect(routes.slice(2)).toEqual([
      { match: { prefix: '/' }, direct_response: { status: 200, body: { inline_string: 'ok' } } },
    ]);
    expect(clusters.map(({ name }) => name)).toEqual(['echo']);
  });

  it('with an upstream goes on to it, by a route of its own for one model', () => {
    const { routes, clusters } = compose({ upstream: address });
    expect(routes).toHaveLength(4);
    expect(routes.at(-1)).toEqual({ match: { prefix: '/' }, route: { cluster: 'upstream', timeout: '10s' } });
    expect(clusters.map(({ name }) => name)).toEqual(['echo', 'upstream']);
    expect(clusters[1]).toMatchObject({
      load_assignment: { endpoints: [{ lb_endpoints: [{ endpoint: { address } }] }] },
    });
  });

  it('has the same route by model in proofs and under load', () => {
    const [probe, , load] = compose({ upstream: address }).routes;
    const match = { headers: [{ name: 'x-model', string_match: { exact: 'gpt-large' } }] };
    expect(probe).toMatchObject({ match: { prefix: '/__probe', ...match }, route: { cluster: 'echo' } });
    expect(load).toMatchObject({ match: { prefix: '/', ...match }, route: { cluster: 'upstream' } });
    expect(probe!.request_headers_to_add).toEqual(load!.request_headers_to_add);
    expect(addedByRoute({ 'x-model': 'gpt-large' })).toEqual({ 'x-bench-route': 'large' });
    expect(addedByRoute({ 'x-model': 'gpt-small' })).toEqual({});
  });

  it('buffers alike everywhere', () => {
    for (const cluster of compose({ upstream: address }).clusters)
      expect(cluster.per_connection_buffer_limit_bytes, cluster.name).toBe(4_194_304);
  });
});

describe('filters in a row', () => {
  const fragment: ConfigFragment = {
    http_filters: [
      { name: 'first', config: { header: 'x-${link}', value: '${link}', job: '${job}' } },
      { name: 'second' },
    ],
    clusters: [{ name: 'server' }],
  };

  it('are the whole fragment again for each link, with the cluster once', () => {
    const links = [1, 2, 3].map((link) => ({ link: String(link), job: `{"of":${link}}` }));
    const { filters, clusters } = compose({}, fragment, links);
    const names = filters.map(({ name }) => name);
    expect(names).toEqual([...Array(3).fill(['first', 'second']).flat(), 'envoy.filters.http.router']);
    expect(filters.flatMap(({ config }) => config ?? [])).toEqual(
      [1, 2, 3].map((link) => ({ header: `x-${link}`, value: String(link), job: `{"of":${link}}` })),
    );
    expect(clusters.map(({ name }) => name)).toEqual(['echo', 'server']);
  });

  it('are one where nothing is said of links', () => {
    expect(compose({ link: '1' }, fragment).filters).toHaveLength(3);
  });
});

describe('fields of the virtual host', () => {
  const fragment = {
    http_filters: [],
    clusters: [],
    virtual_host: { response_headers_to_remove: ['${header}'] },
  };

  it('stand beside its routes, filled in', () => {
    const { virtualHost } = compose({ header: 'x-any' }, fragment);
    expect(virtualHost).toMatchObject({ domains: ['*'], response_headers_to_remove: ['x-any'] });
    expect(virtualHost.routes).toHaveLength(3);
  });

  it('leave nothing behind where there are none', () => {
    expect(Object.keys(compose().virtualHost)).toEqual(['name', 'domains', 'routes']);
  });

  it.each(['name', 'domains', 'routes', 'request_header_to_add'])('are not %s', (field) => {
    const own = { ...fragment, virtual_host: { [field]: [] } };
    expect(fragmentSchema.safeParse(own).success).toBe(false);
    expect(fragmentSchema.safeParse(fragment).success).toBe(true);
  });
});

it('the second baseline only buffers', async () => {
  const { filters } = compose({}, await readFragment('buffer', 'any'));
  expect(filters.map(({ name }) => name)).toEqual(['envoy.filters.http.buffer', 'envoy.filters.http.router']);
});

it('holds as much of a body in every arm', async () => {
  const folder = packagePaths.envoyConfigs;
  const files = await readdir(folder, { recursive: true });
  const texts = files
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => readFileSync(join(folder, file), 'utf8'));
  const limits = texts.flatMap((text) => [...text.matchAll(/(?:buffer_limit|max_request)_bytes: (\d+)/g)]);
  // The listener, a cluster, the buffer filter, and each ext_authz that is sent bodies.
  expect(limits.length).toBeGreaterThanOrEqual(7);
  expect(new Set(limits.map(([, bytes]) => Number(bytes)))).toEqual(new Set([bufferLimitBytes]));
  const { clusters } = compose({ upstream: address });
  expect(clusters.map((cluster) => cluster.per_connection_buffer_limit_bytes)).toEqual([
    bufferLimitBytes,
    bufferLimitBytes,
  ]);
});
