import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { CheckContext } from '../../src/doctor/check.js';
import { cgroup } from '../../src/doctor/checks/cgroup.js';
import { clock } from '../../src/doctor/checks/clock.js';
import { cores, sharesCore } from '../../src/doctor/checks/cores.js';
import { spaceFound } from '../../src/doctor/checks/disk.js';
import { envoy } from '../../src/doctor/checks/envoy.js';
import { stealFound } from '../../src/doctor/checks/load.js';
import { nodeFound } from '../../src/doctor/checks/node.js';
import { openFilesFound } from '../../src/doctor/checks/open-files.js';
import { machineWarnings } from '../../src/measure/gates.js';
import { choosePlacement } from '../../src/measure/placement.js';
import type { Fingerprint } from '../../src/results/schema/index.js';
import { pingError } from '../../src/runtime/docker/engine-address.js';
import { fakeFingerprint } from '../support/fingerprint.js';

function contextOf(about: Partial<Fingerprint> = {}): CheckContext {
  const print = fakeFingerprint(about);
  return {
    envoy: '1.40.0',
    imageTemplate: 'envoyproxy/envoy:v{version}',
    placement: print.placement,
    fingerprint: print,
    warnings: machineWarnings(print, { external: true }),
    signal: new AbortController().signal,
  };
}

it.each([
  ['20.19.0', 'ok'],
  ['20.18.3', 'missing'],
  ['18.20.0', 'missing'],
  ['24.0.0', 'ok'],
])('Node %s is %s', (version, status) => expect(nodeFound(version).status).toBe(status));

describe('cores', () => {
  const four = choosePlacement([0, 1, 2, 3], true);

  it('are well where every part has one of its own', async () => {
    const found = await cores.look(contextOf({ cores: 4, placement: four }));
    expect(found).toMatchObject({ status: 'ok', message: expect.stringContaining('Envoy on 0') });
  });

  it('are told of as a run would be warned', async () => {
    const one = choosePlacement([0], false);
    const { status, message, next } = await cores.look(contextOf({ cores: 1, placement: one }));
    expect(status).toBe('warn');
    expect(message).toMatch(/cannot be pinned.*share Envoy's core.*generator shares a core/);
    expect(next).toMatch(/taskset.*at least two cores/);
  });

  it('can be threads of one', () => {
    const threads = (cpu: number) => (cpu < 2 ? [0, 1] : [2, 3]);
    expect(sharesCore(four, threads)).toBe(true);
    expect(sharesCore(choosePlacement([0, 2], true), threads)).toBe(false);
    expect(sharesCore(choosePlacement([0], true), threads)).toBe(false);
  });
});

it('the clock is told, and a governor that follows the load warned of', async () => {
  const well = await clock.look(contextOf({ governor: 'performance', turbo: true, smt: false }));
  expect(well).toMatchObject({ status: 'ok', next: null });
  expect(well.message).toMatch(/governor performance, turbo on, SMT off/);
  const saving = await clock.look(contextOf({ governor: 'powersave' }));
  expect(saving).toMatchObject({ status: 'warn', next: expect.stringContaining('cpupower') });
});

it('a CPU limit is warned of, also one that only held us back so far', async () => {
  const look = (about: Partial<Fingerprint>) => cgroup.look(contextOf({ cores: 4, ...about }));
  expect((await look({ cgroupCpuLimit: null, cgroupThrottledMs: null })).status).toBe('ok');
  expect((await look({ cgroupCpuLimit: 1.5, cgroupThrottledMs: 0 })).message).toMatch(/1\.50 of 4 cores/);
  expect((await look({ cgroupCpuLimit: 8, cgroupThrottledMs: 1_200 })).message).toMatch(/1200 ms/);
  expect((await look({ cgroupCpuLimit: 8, cgroupThrottledMs: 0 })).status).toBe('ok');
});

it('steal of this moment is told beside that of before', () => {
  const before = { status: 'warn', message: 'busy', next: 'stop it' } as const;
  expect(stealFound(0.01, before)).toEqual(before);
  expect(stealFound(0.1, before)).toMatchObject({
    message: 'busy; the hypervisor takes 10.0 % of this machine right now',
  });
  expect(stealFound(0.1, { status: 'ok', message: 'quiet', next: null }).status).toBe('warn');
});

it.each([
  ['Max open files            256                  4096                 files', 'warn'],
  ['Max open files            1024                 1048576              files', 'ok'],
  ['Max open files            unlimited            unlimited            files', 'ok'],
  [null, 'ok'],
])('open files: %s', (limits, status) => expect(openFilesFound(limits).status).toBe(status));

it('room on a disk is compared with what goes there', () => {
  const place = { shown: '~/x', holds: 'runs', neededMiB: 200, elsewhere: 'name another' };
  expect(spaceFound(2_048, place)).toEqual({
    status: 'ok',
    message: '2 GiB free for runs in ~/x',
    next: null,
  });
  expect(spaceFound(100, place)).toMatchObject({ status: 'warn', next: 'make room there, or name another' });
});

describe('an Envoy', () => {
  it('that nobody pins is missing, with the known ones', async () => {
    const looking = envoy.look({ ...contextOf(), envoy: '1.39.99' });
    await expect(looking).rejects.toThrow(/not in envoy\.lock\.json.*did you mean 1\.39/);
  });

  it('that is no file is missing', async () => {
    await expect(envoy.look({ ...contextOf(), envoy: './no-envoy' })).rejects.toThrow('does not exist');
  });
});

describe('an engine', () => {
  async function asking(answer: boolean, signal: AbortSignal): Promise<string | null> {
    const server = createServer((_, response) => {
      if (answer) response.end('OK');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      return await pingError({ host: '127.0.0.1', port: (server.address() as AddressInfo).port }, signal);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }

  it('that answers is well', async () => {
    expect(await asking(true, new AbortController().signal)).toBeNull();
  });

  it('that takes a connection and says nothing is given up when time is over', async () => {
    expect(await asking(false, AbortSignal.timeout(50))).toMatch(/does not answer/);
  });
});
