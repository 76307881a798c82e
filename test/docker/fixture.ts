import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { connectEngine, type DockerOptions, dockerRuntime } from '../../src/runtime/docker/index.js';
import { randomPorts } from '../../src/runtime/ports.js';
import { openScratch } from '../../src/runtime/scratch.js';
import type { OneShotSpec, Runtime, WorkloadSpec } from '../../src/runtime/types.js';

export const envoyVersion = '1.40.0';
export const imageTemplate = process.env.FILTERBENCH_TEST_IMAGE ?? 'local/envoy:v{version}';
export const image = imageTemplate.replaceAll('{version}', envoyVersion);

/** These tests never skip: without an engine and the image they fail, and say what to do. */
export async function requireDocker(): Promise<void> {
  await connectEngine();
  try {
    docker('image', 'inspect', image);
  } catch (error) {
    throw new Error(`the docker tests need ${image}: build it with .ci/envoy-image`, { cause: error });
  }
}

export function docker(...args: string[]): string {
  return execFileSync('docker', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
}

/** Ids of the containers with a label, also of those that have ended. */
export function containersWith(label: string): string[] {
  return docker('ps', '--all', '--quiet', '--no-trunc', '--filter', `label=${label}`)
    .split('\n')
    .filter((line) => line !== '');
}

/** A runtime with a run id and a private folder of its own. */
export function openRuntime(
  overrides: Partial<DockerOptions> = {},
): AsyncDisposable & { runtime: Runtime; runId: string; dir: string } {
  const runId = `t-${randomUUID().slice(0, 8)}`;
  const scratch = openScratch(runId);
  const ports = randomPorts(Math.random);
  const runtime = dockerRuntime({ scratch, ports, runId, envoyVersion, imageTemplate, ...overrides });
  return {
    runtime,
    runId,
    dir: scratch.dir,
    async [Symbol.asyncDispose]() {
      await runtime[Symbol.asyncDispose]();
      scratch[Symbol.dispose]();
    },
  };
}

const adminOnly = (port: number) => `
admin: { address: { socket_address: { address: 127.0.0.1, port_value: ${port} } } }
static_resources: {}
`;

/** An Envoy without listeners; its program is a host path that doesn't exist, as on a machine without Envoy. */
export const plainEnvoy: WorkloadSpec = {
  name: 'plain',
  role: 'envoy',
  program: '/nowhere/envoy',
  reads: ['/nowhere/envoy'],
  ports: ['admin'],
  cpus: [0],
  files: (inside) => ({ 'envoy.yaml': adminOnly(inside.bind('admin').port) }),
  args: (inside) => [
    '--config-path',
    inside.file('envoy.yaml'),
    '--use-dynamic-base-id',
    '--concurrency',
    '1',
  ],
  ready: { port: 'admin', path: '/ready', timeoutMs: 15_000 },
};

/** The image's Envoy with these arguments, to its end. */
export function oneShot(args: readonly string[]): OneShotSpec {
  return {
    name: 'one-shot',
    role: 'envoy',
    program: 'envoy',
    reads: [],
    ports: [],
    cpus: [],
    args: () => args,
  };
}
