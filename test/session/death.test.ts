import { describe, expect, it } from 'vitest';
import { FailedError, InstrumentError, InterruptedError } from '../../src/errors.js';
import type { ExitInfo } from '../../src/runtime/types.js';
import { type Needed, orDeath } from '../../src/session/death.js';

type Role = 'envoy' | 'ext-server' | 'upstream';

const living = new Promise<ExitInfo>(() => undefined);
const one = (role: Role, exited: Promise<ExitInfo> = living, log = '') => ({
  spec: { role },
  exited,
  logTail: () => log,
});
const killed = (signal: string | null, code: number | null = null) => Promise.resolve({ signal, code });

const refused = new FailedError('a slice could not be measured: connect ECONNREFUSED', 'see');
const fails = () => Promise.reject(refused);
const all: Needed = { own: [one('envoy'), one('ext-server')], shared: [one('upstream')] };

describe('work on an arm that goes wrong', () => {
  it('while all are alive: for its own reason', async () => {
    await expect(orDeath(all, fails, () => true)).rejects.toBe(refused);
    expect(
      await orDeath(
        all,
        async () => 'wrong answers',
        () => false,
      ),
    ).toBe('wrong answers');
  });

  it('as its Envoy was killed: says by what, and what it printed last', async () => {
    const log = Array.from({ length: 20 }, (_, index) => `line ${index}`).join('\n');
    const needed = { ...all, own: [one('envoy', killed('SIGKILL'), log)] };
    const error = await orDeath(needed, fails, () => true).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(FailedError);
    expect((error as FailedError).cause).toBe(refused);
    expect((error as FailedError).message).toBe(
      'Envoy was ended by SIGKILL; the last that it printed:\nline 14\nline 15\nline 16\nline 17\nline 18\nline 19',
    );
  });

  it('as its server ended by itself, a moment after its connections broke', async () => {
    const soon = new Promise<ExitInfo>((resolve) => setTimeout(resolve, 20, { code: 101, signal: null }));
    const needed = { ...all, own: [one('envoy'), one('ext-server', soon)] };
    await expect(
      orDeath(
        needed,
        async () => 'status 500',
        () => false,
      ),
    ).rejects.toThrow('the external server ended with code 101, and printed nothing');
  });

  it('as an upstream ended: no arm is to blame', async () => {
    const needed = { ...all, shared: [one('upstream', killed('SIGSEGV'))] };
    await expect(orDeath(needed, fails, () => true)).rejects.toThrow(InstrumentError);
    await expect(orDeath(needed, fails, () => true)).rejects.toThrow('the upstream was ended by SIGSEGV');
  });
});

it('work that goes well is not asked who is alive', async () => {
  const dead = { ...all, own: [one('envoy', killed('SIGKILL'))] };
  expect(
    await orDeath(
      dead,
      async () => 'well',
      () => true,
    ),
  ).toBe('well');
});

it('what is no failure of an arm goes through as it is', async () => {
  const dead = { ...all, own: [one('envoy', killed('SIGKILL'))] };
  for (const error of [
    new InterruptedError(),
    new InstrumentError('the load generator', 'see'),
    new TypeError('a defect'),
  ])
    await expect(
      orDeath(
        dead,
        () => Promise.reject(error),
        () => true,
      ),
    ).rejects.toBe(error);
});
