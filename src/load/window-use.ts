import { performance } from 'node:perf_hooks';
import { readCpuTime, readForcedSwitches } from '../measure/cpu-time.js';
import { readMachineTime } from '../measure/machine-time.js';
import type { CpuSource, LocalCpuSource } from '../runtime/types.js';
import type { SliceCpu, WindowUse } from './slice.js';

/** The counters of `WindowUse` as they stand at one instant; `windowNs` is the generator's monotonic clock then. */
export type Edge = WindowUse;

/**
 * Reads an edge of the window. Both are read alike, CPU first: what is answered while an edge is read is counted later, and
 * an edge that took longer before its reading would count answers without their CPU.
 * @throws Error (ENOENT) where a measured process is gone.
 */
export function readEdge(cpu: SliceCpu): Edge {
  const counters = readCounters(cpu);
  const envoy = local(cpu.envoy);
  return { ...counters, envoySwitches: envoy && readForcedSwitches(envoy) };
}

/** What was used between two edges; zeros (null where nothing is known) for a window that never opened or closed. */
export function useBetween(open: Edge | null, close: Edge | null): WindowUse {
  if (!open || !close) return unopened;
  const gone = (key: keyof WindowUse) => {
    const [begin, end] = [open[key], close[key]];
    return begin === null || end === null ? null : end - begin;
  };
  const keys = Object.keys(unopened) as (keyof WindowUse)[];
  // A field is null at both edges or at none, so every difference has the type of its field.
  return Object.fromEntries(keys.map((key) => [key, gone(key)])) as unknown as WindowUse;
}

const unopened: WindowUse = {
  windowNs: 0,
  envoyNs: 0,
  envoyWaitNs: null,
  envoySwitches: null,
  serverNs: null,
  serverWaitNs: null,
  upstreamNs: null,
  generatorNs: 0,
  machineBusyNs: 0,
  stealNs: 0,
};

const unknown = { cpuNs: null, waitNs: null };

// What an engine must be asked for is added around the slice: `withEngineCpu`.
function local(source: CpuSource | null): LocalCpuSource | null {
  return source?.kind === 'engine-stats' ? null : source;
}

function timeOf(source: CpuSource | null) {
  const seen = local(source);
  return seen ? readCpuTime(seen) : unknown;
}

function readCounters({ envoy, server, upstream }: SliceCpu): Omit<Edge, 'envoySwitches'> {
  // Envoy first: what it does while the rest is read counts at neither edge, or at both.
  const envoyTime = timeOf(envoy);
  const serverTime = timeOf(server);
  const upstreamTime = timeOf(upstream);
  const { user, system } = process.cpuUsage();
  const machine = readMachineTime();
  return {
    envoyNs: envoyTime.cpuNs ?? 0,
    envoyWaitNs: envoyTime.waitNs,
    serverNs: serverTime.cpuNs,
    serverWaitNs: serverTime.waitNs,
    upstreamNs: upstreamTime.cpuNs,
    windowNs: Math.round(performance.now() * 1e6),
    generatorNs: (user + system) * 1e3,
    machineBusyNs: machine.busyNs,
    stealNs: machine.stealNs,
  };
}
