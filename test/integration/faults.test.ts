import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { resolveEnvoy } from '../../src/envoy/binary/index.js';
import { ExitCode } from '../../src/errors.js';
import { selectFaults } from '../../src/faults/families/index.js';
import { harmsNeighbours, radiusOf } from '../../src/faults/radius.js';
import { type FaultEvidence, type FaultParts, runFault } from '../../src/faults/run-fault.js';
import { evidenceSchema } from '../../src/results/schema/index.js';
import { nativeRuntime } from '../../src/runtime/native.js';
import { randomPorts } from '../../src/runtime/ports.js';
import { openPlace, type Place } from './cli-place.js';

let parts: FaultParts;
beforeAll(async () => {
  parts = {
    envoy: await resolveEnvoy('1.40.0'),
    openRuntime: nativeRuntime,
    ports: randomPorts(Math.random),
    // Long enough to see many requests before and after; nothing here is about how long something takes.
    times: { leadMs: 300, liftMs: 1_000, watchMs: 2_500 },
    signal: new AbortController().signal,
  };
}, 600_000);

async function inject(id: string): Promise<FaultEvidence> {
  const [fault, ...more] = selectFaults([id]);
  expect(more).toEqual([]);
  const evidence = await runFault(fault!, parts);
  expect(evidenceSchema.parse(evidence)).toEqual(evidence);
  expect(evidence.problem).toBeNull();
  expect(evidence.before.length).toBeGreaterThan(0);
  expect(children()).toEqual([]);
  return evidence;
}

/** Command lines of what this process has started and not ended. */
function children(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
        const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        const isOurs = Number(parent) === process.pid && state !== 'Z';
        return isOurs ? [readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')] : [];
      } catch {
        // It has ended meanwhile.
        return [];
      }
    })
    .filter((line) => /envoy|ext-server/.test(line));
}

/**
 * What other clients got at the listener with the filter on the worker that was struck, or on the others. What the struck worker still
 * answered well while the fault was on its way tells nothing: only what was due once the fault had its answer does.
 */
function gotOnWorker(evidence: FaultEvidence, which: 'struck' | 'others'): string[] {
  const [strike] = evidence.requests;
  const isStruck = (worker: number) => worker === strike?.worker;
  const struckMs = strike ? strike.atMs + strike.tookMs : 0;
  const tallies = evidence.after.filter(
    ({ listener, worker, effect, lastMs }) =>
      listener === 'filter' &&
      worker !== null &&
      isStruck(worker) === (which === 'struck') &&
      !(isStruck(worker) && effect === 'right' && lastMs <= struckMs),
  );
  return [...new Set(tallies.map(({ effect, got }) => `${got} ${effect}`))].sort();
}

describe('on Envoy 1.40.0', () => {
  it("Lua's error() lets its own request pass unseen, and harms nobody else", async () => {
    const seen = await inject('lua:error');
    expect(seen.requests).toMatchObject([{ effect: 'unfiltered', got: '200' }]);
    expect([seen.diedMs, radiusOf(seen, 'failed'), radiusOf(seen, 'unfiltered')]).toEqual([
      null,
      'none',
      'request',
    ]);
    expect(seen.stats['http.bench.lua.errors']).toBe(1);
    expect(seen.log).toContain('an error on purpose');
  });

  it('memory that a script keeps is there, and gone with its Envoy', async () => {
    const seen = await inject('lua:memory');
    expect(seen.diedMs).toBeNull();
    expect(seen.memory.afterMiB! - seen.memory.beforeMiB!).toBeGreaterThan(180);
  });

  it('a Wasm trap takes the VM of its worker: FAIL_CLOSED refuses for good', async () => {
    const seen = await inject('wasm/c:trap@FAIL_CLOSED');
    expect(seen.requests).toMatchObject([{ effect: 'failed', got: '503' }]);
    expect(gotOnWorker(seen, 'struck')).toEqual(['503 failed']);
    expect(gotOnWorker(seen, 'others')).toEqual(['200 right']);
    expect([seen.diedMs, radiusOf(seen, 'failed'), harmsNeighbours(seen)]).toEqual([null, 'worker', false]);
  });

  it('and FAIL_OPEN lets requests pass unseen for good', async () => {
    const seen = await inject('wasm/c:trap@FAIL_OPEN');
    expect(seen.requests).toMatchObject([{ effect: 'failed' }]);
    expect(gotOnWorker(seen, 'struck')).toEqual(['200 unfiltered']);
    expect(gotOnWorker(seen, 'others')).toEqual(['200 right']);
    expect([seen.diedMs, radiusOf(seen, 'unfiltered')]).toEqual([null, 'worker']);
  });

  it('a null pointer in a dynamic module ends the process', async () => {
    const seen = await inject('dynamic-module/rust:null');
    expect(seen.exit).toEqual({ code: null, signal: 'SIGSEGV' });
    expect(seen.endedBy).toBe('itself');
    expect([seen.diedMs === null, radiusOf(seen, 'failed'), seen.fresh]).toEqual([false, 'process', []]);
    expect(seen.after.some(({ listener, effect }) => listener === 'neighbour' && effect === 'failed')).toBe(
      true,
    );
  });

  it('a panic that the guard of our module catches is a 500 for one request', async () => {
    const seen = await inject('dynamic-module/rust:panic-caught');
    expect(seen.requests).toMatchObject([{ effect: 'failed', got: '500' }]);
    expect([seen.diedMs, radiusOf(seen, 'failed')]).toEqual([null, 'request']);
  });

  it.each([
    ['ext-authz/rust-grpc', false, '403 failed'],
    ['ext-authz/rust-grpc', true, '200 unfiltered'],
    ['ext-proc/rust', false, '500 failed'],
    ['ext-proc/rust', true, '200 unfiltered'],
  ])(
    '%s with its server killed, failure_mode_allow: %s: %s, until it is back',
    async (variant, allow, got) => {
      const seen = await inject(`${variant}:killed@failure_mode_allow: ${allow}`);
      expect([seen.diedMs, seen.exit, harmsNeighbours(seen)]).toEqual([
        null,
        { code: 0, signal: null },
        false,
      ]);
      expect(gotOnWorker(seen, 'others')).toEqual([got, '200 right'].sort());
      expect(radiusOf(seen, allow ? 'unfiltered' : 'failed')).toBe('filter');
      expect(radiusOf(seen, allow ? 'failed' : 'unfiltered')).toBe('none');
      expect(seen.fresh).toMatchObject([{ right: 16 }, { right: 16 }]);
    },
  );
});

// A command starts and watches for a dozen seconds; on a machine that does much else, for minutes.
describe('the command', { timeout: 300_000 }, () => {
  let place: Place;
  beforeEach(() => {
    place = openPlace();
  });
  afterEach(() => place[Symbol.asyncDispose]());
  const nothingIsLeft = () => {
    expect(place.processes()).toEqual([]);
    expect(place.scratchFolders()).toEqual([]);
  };

  it('writes evidence and a table', async () => {
    const out = join(place.dir, 'out');
    const { code, stdout, stderr } = await place.run([
      'faults',
      'lua:error',
      '--envoy',
      parts.envoy.path,
      '--out',
      out,
    ]);
    expect(code, stderr).toBe(ExitCode.done);
    expect(stdout).toMatch(/^lua error +none +request +0 +at once$/m);
    const lines = readFileSync(join(out, 'evidence.ndjson'), 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => evidenceSchema.parse(JSON.parse(line)).kind)).toEqual(['fault']);
    nothingIsLeft();
  });

  it('leaves no endless loop behind when it is interrupted', async () => {
    const run = place.start(['faults', 'lua:loop', '--envoy', parts.envoy.path]);
    await expect.poll(() => place.processes().length, { timeout: 200_000 }).toBeGreaterThan(1);
    // Some time in the middle of it, whenever that is.
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    run.kill('SIGINT');
    expect(await run.ended).toEqual({ code: ExitCode.interrupted, signal: null });
    nothingIsLeft();
  });

  it('refuses a name that no fault has', async () => {
    const { code, stderr } = await place.run(['faults', 'no-such-fault']);
    expect(code).toBe(ExitCode.badInput);
    expect(stderr).toContain('lua:error');
  });
});
