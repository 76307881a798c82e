import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { ExitCode } from '../../src/errors.js';
import { readEngineCpuNs } from '../../src/measure/engine-stats.js';
import { mechanisms } from '../../src/mechanisms/index.js';
import { readRun } from '../../src/results/store/index.js';
import { engineStats } from '../../src/runtime/docker/cpu-source.js';
import { connectEngine } from '../../src/runtime/docker/index.js';
import { openPlace, type Place } from '../integration/cli-place.js';
import { localCpuNs } from '../support/local-cpu.js';
import { containersWith, docker, imageTemplate, openRuntime, plainEnvoy, requireDocker } from './fixture.js';

beforeAll(requireDocker);

let place: Place;
beforeEach(() => {
  place = openPlace();
});
afterEach(() => place[Symbol.asyncDispose]());

it('a mapped port is reached on 127.0.0.1 and published nowhere else', async () => {
  await using opened = openRuntime({ network: 'mapped' });
  const anywhere = {
    ...plainEnvoy,
    files: (inside: Parameters<NonNullable<typeof plainEnvoy.files>>[0]) => {
      const { host, port } = inside.bind('admin');
      expect(host).toBe('0.0.0.0');
      return {
        'envoy.yaml': `admin: { address: { socket_address: { address: ${host}, port_value: ${port} } } }\n`,
      };
    },
  };
  await using envoy = await opened.runtime.start(anywhere);
  const { host, port } = envoy.address('admin');
  expect((await fetch(`http://${host}:${port}/ready`)).status).toBe(200);
  const [id = ''] = containersWith(`filterbench.run=${opened.runId}`);
  const bindings = JSON.parse(docker('inspect', '--format', '{{json .NetworkSettings.Ports}}', id));
  expect(bindings).toEqual({ [`${port}/tcp`]: [{ HostIp: '127.0.0.1', HostPort: `${port}` }] });
  const peer = envoy.peerAddress('admin');
  expect(peer.port).toBe(port);
  expect(peer.host).not.toBe('127.0.0.1');
});

it('the engine tells the CPU time that the threads have had', async () => {
  await using opened = openRuntime();
  await using envoy = await opened.runtime.start(plainEnvoy);
  const [id = ''] = containersWith(`filterbench.run=${opened.runId}`);
  const source = engineStats(await connectEngine(), id);
  const before = { threads: localCpuNs(envoy), engine: await readEngineCpuNs(source) };
  const { port } = envoy.address('admin');
  for (let request = 0; request < 200; request += 1)
    await (await fetch(`http://127.0.0.1:${port}/stats`)).text();
  const threads = localCpuNs(envoy) - before.threads;
  const told = (await readEngineCpuNs(source)) - before.engine;
  expect(told).toBeGreaterThan(threads / 2);
  expect(told).toBeLessThan(threads * 2 + 20e6);
  await envoy.stop();
  await expect(readEngineCpuNs(source)).rejects.toThrow(/does not tell/);
});

it('all six mechanisms are proven through mapped ports', async () => {
  const out = join(place.dir, 'run');
  const inContainers = [
    '--runtime',
    'docker',
    '--container-network',
    'mapped',
    '--image-template',
    imageTemplate,
  ];
  const what = ['--scenarios', 'headers,inspect-1k', '--prove-only', '--out', out];
  const { code, stderr } = await place.run(['bench', ...inContainers, '--profile', 'smoke', ...what]);
  expect(code, stderr).toBe(ExitCode.done);
  const { run } = await readRun(out);
  const valid = run.arms.filter(({ status }) => status === 'valid');
  expect(new Set(valid.map(({ mechanism }) => mechanism))).toEqual(
    new Set(['baseline', ...mechanisms.map(({ name }) => name)]),
  );
  expect(run.envoys).toMatchObject([{ network: 'mapped' }]);
  expect(run.warnings.map((warning) => warning.code)).toContain('mapped-ports');
}, 300_000);

it('a network of containers is refused where Envoy runs natively', async () => {
  const { code, stderr } = await place.run(['bench', '--runtime', 'native', '--container-network', 'mapped']);
  expect(code).toBe(ExitCode.badInput);
  expect(stderr).toContain('--runtime docker');
});
