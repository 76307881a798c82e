import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCpuNs, readCpuTime } from '../../src/measure/cpu-time.js';
import { groupOf } from '../../src/runtime/docker/cpu-source.js';
import { localCpuNs } from '../support/local-cpu.js';
import { containersWith, openRuntime, plainEnvoy, requireDocker } from './fixture.js';

describe('a container that runs', () => {
  beforeAll(requireDocker);

  it('has used as much CPU by its control group as by its threads', async () => {
    await using opened = openRuntime();
    await using envoy = await opened.runtime.start(plainEnvoy);
    const [id = ''] = containersWith(`filterbench.run=${opened.runId}`);
    const group = groupOf(id);
    expect(group).not.toBeNull();
    const before = { threads: localCpuNs(envoy), group: readCpuNs(group!) };
    const { port } = envoy.address('admin');
    for (let request = 0; request < 200; request += 1)
      await (await fetch(`http://127.0.0.1:${port}/stats`)).text();
    const threads = localCpuNs(envoy) - before.threads;
    const ofGroup = readCpuNs(group!) - before.group;
    // Both count the same work; each can lag by some ticks.
    expect(ofGroup).toBeGreaterThan(threads / 2);
    expect(ofGroup).toBeLessThan(threads * 2 + 20e6);
  });
});

describe('a control group', () => {
  const root = mkdtempSync(join(tmpdir(), 'filterbench-test-'));
  afterAll(() => rmSync(root, { recursive: true }));
  const id = 'c0ffee'.repeat(10);

  function group(path: string, file: string, content: string): string {
    const dir = join(root, path);
    mkdirSync(dir, { recursive: true });
    writeFileSync(join(dir, file), content);
    return dir;
  }

  it('is found wherever an engine puts it, version 2 first', () => {
    expect(groupOf(id, root)).toBeNull();
    const first = group(`cpuacct/docker/${id}`, 'cpuacct.usage', '123456789\n');
    expect(groupOf(id, root)).toEqual({ kind: 'cgroup-v1', dir: first });
    expect(readCpuTime({ kind: 'cgroup-v1', dir: first })).toEqual({ cpuNs: 123_456_789, waitNs: null });
    const rootless = `user.slice/user-1000.slice/user@1000.service/app.slice/docker-${id}.scope`;
    const second = group(rootless, 'cpu.stat', 'usage_usec 42000\nuser_usec 40000\n');
    expect(groupOf(id, root)).toEqual({ kind: 'cgroup-v2', dir: second });
    expect(readCpuTime({ kind: 'cgroup-v2', dir: second })).toEqual({ cpuNs: 42_000_000, waitNs: null });
    expect(groupOf('d'.repeat(64), root)).toBeNull();
  });

  it('that does not count CPU is none', () => {
    const other = 'f00d'.repeat(16);
    group(`system.slice/docker-${other}.scope`, 'cpu.stat', 'nr_periods 0\n');
    expect(groupOf(other, root)).toBeNull();
  });
});
