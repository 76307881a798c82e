import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readBase } from '../../src/envoy/config.js';
import { selectVariants } from '../../src/mechanisms/index.js';
import type { ArmIdentity } from '../../src/results/schema/index.js';
import type { Inside, Runtime } from '../../src/runtime/types.js';
import { loadScenarios } from '../../src/scenarios/load.js';
import { type ArmContext, envoySpec } from '../../src/session/arm.js';

const address = { host: '127.0.0.1', port: 1 };
const inside: Inside = {
  path: (hostPath) => hostPath,
  file: (name) => `/private/${name}`,
  bind: () => address,
  socket: (name) => `/private/${name}.sock`,
};

/** How an arm's Envoy would be started, and the filters of its configuration. */
async function specOf(id: string, name: string) {
  const [scenario] = await loadScenarios([name]);
  const variant = selectVariants([id]).find((candidate) => candidate.id === id)!;
  const context: ArmContext = {
    runtime: {} as Runtime,
    envoy: { version: '1.40.0', path: '/envoy' },
    base: await readBase(),
    scenario: scenario!,
    placement: {
      ...{ envoyCpus: [], serverCpus: [], generatorCpus: [], upstreamCpus: [] },
      ...{ serverSharesEnvoy: false, pinned: false },
    },
    workers: 1,
    echo: address,
    upstream: null,
    envPadding: '',
    signal: new AbortController().signal,
  };
  const arm = { variant: id, scenario: name, twinOf: null } as ArmIdentity;
  const spec = await envoySpec(context, arm, variant, null);
  const [manager] = parse(spec.config(inside)).static_resources.listeners[0].filter_chains[0].filters;
  const filters: { typed_config: unknown }[] = manager.typed_config.http_filters.slice(0, -1);
  return { spec, filters: filters.map((filter) => filter.typed_config) };
}

describe('files that are written for Envoy', () => {
  it('are one for each filter of a row, and its configuration points to them', async () => {
    const { spec, filters } = await specOf('lua/file', 'chain-2');
    expect(Object.keys(spec.files ?? {})).toEqual(['filter-1.lua', 'filter-2.lua']);
    expect(filters).toMatchObject([
      { default_source_code: { filename: '/private/filter-1.lua' } },
      { default_source_code: { filename: '/private/filter-2.lua' } },
    ]);
  });

  it('hold what the other variant has inline', async () => {
    const { spec } = await specOf('lua/file', 'chain-2');
    const { spec: other, filters } = await specOf('lua', 'chain-2');
    const scripts = Object.values(spec.files ?? {});
    expect(scripts).toHaveLength(2);
    expect(filters).toMatchObject(
      scripts.map((script) => ({ default_source_code: { inline_string: script } })),
    );
    expect(other.files).toEqual({});
  });
});

it('a filter’s place in its row is a text to those that send it as one', async () => {
  const { filters } = await specOf('ext-proc/rust', 'chain-2');
  expect(filters).toMatchObject(
    ['1', '2'].map((value) => ({
      grpc_service: { initial_metadata: [{ key: 'x-bench-link', value }] },
    })),
  );
  expect((await specOf('ext-authz/rust-http', 'chain-2')).filters).toMatchObject(
    ['1', '2'].map((value) => ({
      http_service: { authorization_request: { headers_to_add: [{ key: 'x-bench-link', value }] } },
    })),
  );
});
