import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { runCleanSlice } from '../load/calibration/run-slice.js';
import type { Generator } from '../load/generator/process.js';
import { mergeHistograms, unitsPerUs } from '../load/histogram.js';
import type { ClosedLoopSlice, OpenLoopSlice, SliceOutcome } from '../load/slice.js';
import { prebuilt } from '../mechanisms/prebuilt.js';
import type { Placement } from '../results/schema/index.js';
import { fetchJson } from '../runtime/fetch-json.js';
import type { RunningWorkload, Runtime } from '../runtime/types.js';
import { sendOnce } from '../scenarios/send-once.js';
import { stallPercentileMs } from './stall-truth.js';

/** What is needed to measure a server of known delays. */
export interface LatencyBench {
  readonly runtime: Runtime;
  readonly generator: Generator;
  readonly placement: Placement;
  readonly signal: AbortSignal;
}

/** One known time, and what each loop made of it, in ms. */
export interface LatencyTruth {
  readonly name: string;
  readonly percentile: number;
  readonly truthMs: number;
  readonly openLoopMs: number;
  readonly closedLoopMs: number;
  /** Whether the open loop is within 10 % of the truth. */
  readonly holds: boolean;
}

const rps = 1_000;
const tolerance = 0.1;
const delayUs = 5_000;
const stallMs = 500;
const stallEveryMs = 5_000;
// Four stalls, the last of them over well before the end.
const stalledWindowMs = 4 * stallEveryMs - 500;

/** A server that delays every answer by the same: its median is known. */
export async function measureDelay(bench: LatencyBench): Promise<LatencyTruth> {
  await using upstream = await startUpstream(bench, ['--delay-us', String(delayUs)]);
  const before = await countsOf(upstream);
  const open = await runCleanSlice(bench.generator, await openLoop(upstream, 2_000));
  const after = await countsOf(upstream);
  const closed = await runCleanSlice(bench.generator, await closedLoop(upstream, 2_000));
  const waitedMs = (after.delayedNs - before.delayedNs) / (after.delays - before.delays) / 1e6;
  return compare('every answer delayed', 50, waitedMs, open, closed);
}

/** A server that stalls for half a second once in a while: its p99 is known, and a closed loop hides it. */
export async function measureStall(bench: LatencyBench): Promise<LatencyTruth> {
  const flags = ['--stall-ms', String(stallMs), '--stall-every-ms', String(stallEveryMs)];
  await using upstream = await startUpstream(bench, flags);
  const slice = await openLoop(upstream, stalledWindowMs);
  const { before, outcome: open } = await betweenStalls(upstream, bench, slice);
  const after = await countsOf(upstream);
  const stalls = after.stalls - before.stalls;
  const meanMs = (after.stalledNs - before.stalledNs) / stalls / 1e6;
  const { outcome: closed } = await betweenStalls(
    upstream,
    bench,
    await closedLoop(upstream, stalledWindowMs),
  );
  const stallsMs = Array.from({ length: stalls }, () => meanMs);
  const usualMs = percentileMs(open, 50);
  const truthMs = stallPercentileMs({ windowMs: stalledWindowMs, stallsMs, usualMs }, 99);
  return compare(`${stalls} stalls of ${Math.round(meanMs)} ms`, 99, truthMs, open, closed);
}

function compare(
  name: string,
  percentile: number,
  truthMs: number,
  open: SliceOutcome,
  closed: SliceOutcome,
): LatencyTruth {
  const openLoopMs = percentileMs(open, percentile);
  const closedLoopMs = percentileMs(closed, percentile);
  const holds = Math.abs(openLoopMs - truthMs) <= tolerance * truthMs;
  return { name, percentile, truthMs, openLoopMs, closedLoopMs, holds };
}

function percentileMs({ histogram }: SliceOutcome, percentile: number): number {
  return mergeHistograms([histogram]).getValueAtPercentile(percentile) / unitsPerUs / 1e3;
}

function startUpstream({ runtime, placement, signal }: LatencyBench, flags: readonly string[]) {
  return runtime.start(
    {
      name: 'known-delay',
      role: 'upstream',
      program: prebuilt.upstream,
      reads: [prebuilt.upstream],
      ports: ['listen', 'admin'],
      // Nothing else is measured, so it has the core that Envoy would have.
      cpus: placement.envoyCpus,
      args: (inside) => {
        const [listen, admin] = ['listen', 'admin'].map((port) => {
          const at = inside.bind(port);
          return `${at.host}:${at.port}`;
        });
        return ['--mode', 'sink', '--listen', listen ?? '', '--admin', admin ?? '', ...flags];
      },
      ready: { port: 'admin', path: '/ready', timeoutMs: 10_000 },
    },
    signal,
  );
}

async function anySlice(upstream: RunningWorkload, windowMs: number) {
  const target = upstream.address('listen');
  const request = { method: 'GET', path: '/', headers: {} };
  const { status, wireBytes } = await sendOnce(target, request);
  const cpu = { envoy: upstream.cpu, server: null, upstream: null };
  return { target, requests: [{ ...request, expect: { status, wireBytes } }], leadMs: 50, windowMs, cpu };
}

async function openLoop(upstream: RunningWorkload, windowMs: number): Promise<OpenLoopSlice> {
  const about = await anySlice(upstream, windowMs);
  const load = { loop: 'open', arrivals: 'uniform', rps, connections: 64, seed: 1, drainMs: 1_000 } as const;
  return { ...about, ...load };
}

async function closedLoop(upstream: RunningWorkload, windowMs: number): Promise<ClosedLoopSlice> {
  return { ...(await anySlice(upstream, windowMs)), loop: 'closed', connections: 16 };
}

/** Drives a slice that begins just after a stall, so that none is cut by an end of the window. */
async function betweenStalls(
  upstream: RunningWorkload,
  { generator, signal }: LatencyBench,
  slice: OpenLoopSlice | ClosedLoopSlice,
) {
  const first = await countsOf(upstream);
  let before = first;
  while (before.stalls === first.stalls) {
    signal.throwIfAborted();
    await sleep(20);
    before = await countsOf(upstream);
  }
  return { before, outcome: await runCleanSlice(generator, slice) };
}

const countsSchema = z.object({
  delays: z.number(),
  delayedNs: z.number(),
  stalls: z.number(),
  stalledNs: z.number(),
});

function countsOf(upstream: RunningWorkload) {
  const { host, port } = upstream.address('admin');
  return fetchJson(`http://${host}:${port}/count`, countsSchema, {
    who: 'the upstream',
    what: "the upstream's counters",
  });
}
