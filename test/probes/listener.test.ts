import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { listenerFile, moveInto, watchingListener } from '../../src/probes/swap/listener.js';

const config = `
admin: { address: here }
static_resources:
  listeners: [{ name: bench, filter_chains: [{ filters: [] }] }]
  clusters: [{ name: echo }]
`;

describe('a listener in a file of its own', () => {
  it('is what the static configuration had', () => {
    expect(parse(listenerFile(config))).toEqual({
      resources: [
        {
          '@type': 'type.googleapis.com/envoy.config.listener.v3.Listener',
          name: 'bench',
          filter_chains: [{ filters: [] }],
        },
      ],
    });
  });

  it('is watched, and nothing else changes', () => {
    const { node, dynamic_resources: dynamic, ...rest } = parse(watchingListener(config, '/l.yaml'));
    expect(node).toEqual({ id: expect.any(String), cluster: expect.any(String) });
    expect(dynamic).toEqual({
      lds_config: { resource_api_version: 'V3', path_config_source: { path: '/l.yaml' } },
    });
    expect(rest).toEqual({
      admin: { address: 'here' },
      static_resources: { clusters: [{ name: 'echo' }] },
    });
  });
});

describe('moving a file into place', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'fb-'));
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  it('leaves the new one alone there', async () => {
    const path = join(dir, 'listener.yaml');
    writeFileSync(path, 'old');
    const before = performance.now();
    expect(await moveInto(path, 'new')).toBeGreaterThanOrEqual(before);
    expect([readFileSync(path, 'utf8'), readdirSync(dir)]).toEqual(['new', ['listener.yaml']]);
  });
});
