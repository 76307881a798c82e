import { expect, it } from 'vitest';
import { labelled } from '../../src/compat/labels.js';
import type { EnvoyBinary } from '../../src/envoy/binary/index.js';

function binary(version: string, sha: string): EnvoyBinary {
  const about = { path: `/envoys/${sha}`, build: 'Clean', source: 'path', origin: 'path' } as const;
  return { ...about, version, sha256: sha.repeat(64 / sha.length), platform: 'linux-x64', pinned: false };
}

it('an Envoy is called by its version, and two of one version by their bytes as well', () => {
  const envoys = [binary('1.36.4', 'ab'), binary('1.40.0', 'cd'), binary('1.40.0', 'ef')];
  expect(labelled(envoys).map(({ label }) => label)).toEqual([
    '1.36.4',
    '1.40.0@cdcdcdcd',
    '1.40.0@efefefef',
  ]);
});

it('the same bytes are tried once, however often they are named', () => {
  const envoys = [binary('1.40.0', 'ab'), { ...binary('1.40.0', 'ab'), path: '/elsewhere' }];
  expect(labelled(envoys).map(({ label, path }) => [label, path])).toEqual([['1.40.0', '/envoys/ab']]);
});
