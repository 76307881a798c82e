import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_ENVOY_VERSION, resolveEnvoy } from '../../src/envoy/binary/index.js';
import { ExitCode } from '../../src/errors.js';
import { readOwnVariants } from '../../src/mechanisms/own/index.js';
import { packagePaths } from '../../src/paths.js';
import type { Run } from '../../src/results/schema/index.js';
import { tryArm } from '../support/one-arm.js';
import { openPlace, type Place } from './cli-place.js';

beforeAll(async () => {
  await resolveEnvoy(DEFAULT_ENVOY_VERSION);
});

let place: Place;
beforeEach(() => {
  place = openPlace();
});
afterEach(() => place[Symbol.asyncDispose]());

const example = join(packagePaths.root, 'examples', 'own-lua', 'my-filter.yaml');

async function prove(variant: string, ...args: string[]): Promise<{ code: number | null; run: Run }> {
  const { code, stdout, stderr } = await place.run([
    ...['bench', '--runtime', 'native', '--profile', 'smoke', '--prove-only', '--json'],
    ...['--variant', variant, '--scenarios', 'headers', '--mechanisms', 'lua'],
    ...['--out', join(place.dir, 'run'), ...args],
  ]);
  expect(stdout, stderr).not.toBe('');
  return { code, run: JSON.parse(stdout) };
}

const armOf = ({ arms }: Run, variant: string) =>
  arms.find((arm) => arm.variant === variant && arm.twinOf === null);

describe('a filter of one’s own', () => {
  it('is proven beside ours: the example', async () => {
    const { code, run } = await prove(example);
    expect(armOf(run, 'own/my-lua')).toMatchObject({
      status: 'valid',
      mechanism: 'lua',
      class: 'in-process',
    });
    expect(armOf(run, 'lua')?.status).toBe('valid');
    expect(code).toBe(ExitCode.done);
    const paths = run.artefacts.map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining([example, example.replace('.yaml', '.lua')]));
    expect(readFileSync(join(place.dir, 'run', 'report.md'), 'utf8')).toContain('own/my-lua');
  });

  it('is invalid where it does another job than it claims', async () => {
    const path = join(place.dir, 'wrong.yaml');
    const script = readFileSync(example.replace('.yaml', '.lua'), 'utf8');
    writeFileSync(path, readFileSync(example, 'utf8'));
    writeFileSync(
      join(place.dir, 'my-filter.lua'),
      script.replace('"x-bench-response", "filterbench"', '"x-other", "x"'),
    );
    const { code, run } = await prove(path);
    expect(armOf(run, 'own/my-lua')).toMatchObject({
      status: 'invalid',
      reason: expect.stringContaining('response header x-bench-response is absent'),
    });
    expect(armOf(run, 'lua')?.status).toBe('valid');
    expect(code).toBe(ExitCode.gateFailed);
  });

  it('is planned beside all of ours, as far as it names scenarios', async () => {
    const { code, stdout, stderr } = await place.run([
      'bench',
      '--dry-run',
      '--variant',
      example,
      '--scenarios',
      'noop,headers',
      '--runtime',
      'native',
    ]);
    expect(code, stderr).toBe(ExitCode.done);
    expect(stdout).toContain('  headers/own/my-lua@1.40.0\n');
    expect(stdout).toContain('  headers/wasm/rust@1.40.0\n');
    expect(stdout).toContain('  noop/own/my-lua@1.40.0: unsupported: my-filter.yaml does not name it\n');
  });

  it('whose script is missing is one message', async () => {
    const path = join(place.dir, 'alone.yaml');
    writeFileSync(path, readFileSync(example, 'utf8'));
    const { code, stdout, stderr } = await place.run(['bench', '--variant', path, '--runtime', 'native']);
    expect({ code, stdout }).toEqual({ code: ExitCode.badInput, stdout: '' });
    expect(stderr).toMatch(/^error: .*alone\.yaml:6: reads\.script: .*my-filter\.lua is not there/);
    expect(stderr.match(/^error: /gm)).toHaveLength(1);
    expect(place.processes()).toEqual([]);
  });
});

describe('with a server of its own', () => {
  // ext_authz over HTTP: it answers each question with both headers, and knows of no probe and no counters of ours.
  const answering = (headers: string) => `#!/usr/bin/env node
const { readFileSync } = require('node:fs');
const [listen, job] = process.argv.slice(2);
const { request, response } = JSON.parse(readFileSync(job, 'utf8'));
const [host, port] = listen.split(':');
const server = require('node:http').createServer((_, reply) => reply.writeHead(200, ${headers}).end());
server.listen(Number(port), host);
`;
  const yaml = `name: my-authz
mechanism: ext-authz
scenarios: [headers]
config:
  http_filters:
    - name: envoy.filters.http.ext_authz
      typed_config:
        "@type": type.googleapis.com/envoy.extensions.filters.http.ext_authz.v3.ExtAuthz
        transport_api_version: V3
        http_service:
          server_uri: { uri: http://mine, cluster: mine, timeout: 5s }
          authorization_response:
            allowed_upstream_headers: { patterns: [{ exact: x-bench-request }] }
            allowed_client_headers_on_success: { patterns: [{ exact: x-bench-response }] }
  clusters:
    - name: mine
      type: STATIC
      connect_timeout: 2s
      load_assignment: { cluster_name: mine, endpoints: [{ lb_endpoints: [{ endpoint: { address: "\${server}" } }] }] }
process: { program: ./my-server.cjs, args: ["\${listen}", "\${job}"] }
`;

  const tried = async (server: string) => {
    writeFileSync(join(place.dir, 'my-authz.yaml'), yaml);
    writeFileSync(join(place.dir, 'my-server.cjs'), server, { mode: 0o755 });
    const [variant] = await readOwnVariants([join(place.dir, 'my-authz.yaml')]);
    return tryArm(variant!, 'headers');
  };

  it('is proven, loaded, and its CPU counted', async () => {
    const { verdict, samples } = await tried(answering('{ ...request, ...response }'));
    expect(verdict).toEqual({ status: 'valid', reason: null });
    expect(samples.every(({ serverNs, requests }) => (serverNs ?? 0) > 0 && requests > 0)).toBe(true);
  });

  it('that answers wrongly is invalid', async () => {
    const { verdict } = await tried(answering('request'));
    expect(verdict).toMatchObject({
      status: 'invalid',
      reason: expect.stringContaining('response header x-bench-response is absent'),
    });
  });

  it('that never listens is invalid, with its last words', async () => {
    const { verdict } = await tried('#!/bin/sh\necho no licence >&2\nexit 3\n');
    expect(verdict.status).toBe('invalid');
    expect(verdict.reason).toMatch(/my-authz.*ended at once \(code 3.*no licence/s);
  });
});
