import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FailedError, InterruptedError, MissingError } from '../../src/errors.js';
import type { TcpAddress } from '../../src/runtime/types.js';
import { localCpuNs } from '../support/local-cpu.js';
import { containersWith, docker, oneShot, openRuntime, plainEnvoy, requireDocker } from './fixture.js';

const folder = mkdtempSync(join(tmpdir(), 'filterbench-reads-'));
const input = join(folder, 'input: read only.txt');

beforeAll(async () => {
  writeFileSync(input, 'from the host');
  await requireDocker();
});
afterAll(() => rmSync(folder, { recursive: true }));

const url = ({ host, port }: TcpAddress, path: string) => `http://${host}:${port}${path}`;

it('a container has no more memory than it is given', async () => {
  await using opened = openRuntime({ memoryMiB: 256 });
  await using envoy = await opened.runtime.start(plainEnvoy);
  expect(await envoy.pssMiB()).toBeGreaterThan(1);
  const [id = ''] = containersWith(`filterbench.run=${opened.runId}`);
  expect(docker('inspect', '--format', '{{.HostConfig.Memory}} {{.HostConfig.MemorySwap}}', id)).toBe(
    '268435456 268435456',
  );
});

describe('a workload in a container', () => {
  it('is ready, reachable, pinned, and its CPU and memory can be read from here', async () => {
    await using opened = openRuntime();
    const envoy = await opened.runtime.start({ ...plainEnvoy, env: () => ({ LAYOUT: 'x' }) });
    const address = envoy.address('admin');
    expect(address.host).toBe('127.0.0.1');
    expect(envoy.peerAddress('admin')).toEqual(address);

    const before = localCpuNs(envoy);
    for (let call = 0; call < 50; call += 1) expect((await fetch(url(address, '/stats'))).status).toBe(200);
    expect(localCpuNs(envoy) - before).toBeGreaterThan(1_000_000);

    expect(await envoy.pssMiB()).toBeGreaterThan(1);
    expect(envoy.startMs).toBeGreaterThan(0);
    expect(envoy.logTail()).toContain('starting main dispatch loop');
    expect(readFileSync(`/proc/${envoy.pid!}/status`, 'utf8')).toMatch(/^Cpus_allowed_list:\s+0$/m);
    expect(readFileSync(`/proc/${envoy.pid!}/environ`, 'utf8')).toContain('LAYOUT=x');
    expect(() => envoy.address('other')).toThrow(FailedError);
  });

  it('sees what it reads at the same path and can write only its own folder', async () => {
    await using opened = openRuntime();
    const envoy = await opened.runtime.start({ ...plainEnvoy, reads: [folder] });
    const [id = ''] = containersWith(`filterbench.run=${opened.runId}`);
    expect(docker('exec', id, 'cat', input)).toBe('from the host');
    expect(() => docker('exec', id, 'sh', '-c', 'echo changed >"$1"', 'sh', input)).toThrow(
      /Read-only file system/,
    );
    expect(readFileSync(input, 'utf8')).toBe('from the host');
    docker('exec', id, 'sh', '-c', 'echo written >own.txt');
    expect(readFileSync(join(opened.dir, envoy.spec.name, 'own.txt'), 'utf8')).toBe('written\n');
  });

  it('runs a program of this host', async () => {
    await using opened = openRuntime();
    const program = '/bin/cat';
    const spec = {
      ...oneShot([]),
      role: 'ext-server' as const,
      program,
      reads: [input],
      args: () => [input],
    };
    const { exit, output } = await opened.runtime.runToEnd(spec);
    expect(exit).toEqual({ code: 0, signal: null });
    expect(output).toBe('from the host');
  });

  it('leaves no container when it is stopped, twice too', async () => {
    await using opened = openRuntime();
    const envoy = await opened.runtime.start(plainEnvoy);
    expect(containersWith(`filterbench.run=${opened.runId}`)).toHaveLength(1);
    await Promise.all([envoy.stop(), envoy.stop()]);
    expect(containersWith(`filterbench.run=${opened.runId}`)).toEqual([]);
    expect(await envoy.exited).toEqual({ code: 0, signal: null });
    await expect(fetch(url(envoy.address('admin'), '/ready'))).rejects.toThrow();
  });

  it('tells when it ends unasked', async () => {
    await using opened = openRuntime();
    const envoy = await opened.runtime.start(plainEnvoy);
    process.kill(envoy.pid!, 'SIGKILL');
    expect(await envoy.exited).toEqual({ code: null, signal: 'SIGKILL' });
    await envoy.stop();
    expect(containersWith(`filterbench.run=${opened.runId}`)).toEqual([]);
  });
});

describe('a program that ends', () => {
  it('gives what it printed and its exit code', async () => {
    await using opened = openRuntime();
    const good = await opened.runtime.runToEnd(oneShot(['--version']));
    expect(good.exit).toEqual({ code: 0, signal: null });
    expect(good.output).toMatch(/version: [0-9a-f]{40}\/1\.40\.0\//);
    const bad = await opened.runtime.runToEnd(
      oneShot(['--mode', 'validate', '--config-yaml', '{nonsense: 1}']),
    );
    expect(bad.exit.code).toBe(1);
    expect(bad.output).toContain('nonsense');
    expect(containersWith(`filterbench.run=${opened.runId}`)).toEqual([]);
  });
});

describe('a start that fails leaves nothing', () => {
  it('because the program ends at once, with its last lines', async () => {
    await using opened = openRuntime();
    const broken = { ...plainEnvoy, files: () => ({ 'envoy.yaml': '{nonsense: 1}' }) };
    await expect(opened.runtime.start(broken)).rejects.toThrow(/ended at once.*nonsense/s);
    expect(containersWith(`filterbench.run=${opened.runId}`)).toEqual([]);
  });

  it('because it is not ready in time', async () => {
    await using opened = openRuntime();
    const ready = { port: 'admin', path: '/no-such-path', timeoutMs: 300 };
    await expect(opened.runtime.start({ ...plainEnvoy, ready })).rejects.toThrow(/not ready after 300 ms/);
    expect(containersWith(`filterbench.run=${opened.runId}`)).toEqual([]);
  });

  it('because the engine refuses it', async () => {
    await using opened = openRuntime();
    await expect(opened.runtime.start({ ...plainEnvoy, cpus: [999] })).rejects.toThrow(
      /can't be started.*CPU/,
    );
    const program = join(folder, 'not-executable');
    writeFileSync(program, '', { mode: 0o600 });
    const server = { ...plainEnvoy, role: 'ext-server' as const, program };
    await expect(opened.runtime.start({ ...server, reads: [] })).rejects.toThrow(/permission denied/);
    expect(containersWith(`filterbench.run=${opened.runId}`)).toEqual([]);
  });

  it('because a file is missing', async () => {
    await using opened = openRuntime();
    const spec = { ...plainEnvoy, reads: ['/nowhere/module.so'] };
    await expect(opened.runtime.start(spec)).rejects.toThrow(MissingError);
  });

  it('because it was interrupted', async () => {
    await using opened = openRuntime();
    const ready = { port: 'admin', path: '/no-such-path', timeoutMs: 30_000 };
    const starting = opened.runtime.start({ ...plainEnvoy, ready }, AbortSignal.timeout(900));
    await expect(starting).rejects.toThrow(InterruptedError);
    const server = { ...oneShot(['60']), role: 'ext-server' as const, program: '/bin/sleep' };
    const sleeping = opened.runtime.runToEnd(server, AbortSignal.timeout(900));
    await expect(sleeping).rejects.toThrow(InterruptedError);
    expect(containersWith(`filterbench.run=${opened.runId}`)).toEqual([]);
  });
});
