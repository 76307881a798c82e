import { readEngineCpuNs } from '../../measure/engine-stats.js';
import type { CpuSource } from '../../runtime/types.js';
import type { Slice, SliceOutcome } from '../slice.js';

/**
 * Drives a slice, and adds the CPU of what only a container engine tells. An engine takes its time to answer, too long for the edges
 * of a window: it is asked before and after the slice, and what was used between is spread over all answers of the slice.
 * @throws Error where the engine doesn't tell.
 */
export async function withEngineCpu(
  slice: Slice,
  drive: (slice: Slice) => Promise<SliceOutcome>,
): Promise<SliceOutcome> {
  const { envoy, server, upstream } = slice.cpu;
  if (![envoy, server, upstream].some((source) => source?.kind === 'engine-stats')) return drive(slice);
  const readAll = async () => ({
    envoyNs: await read(envoy),
    serverNs: await read(server),
    upstreamNs: await read(upstream),
  });
  const before = await readAll();
  const outcome = await drive(slice);
  const after = await readAll();
  const share = outcome.served === 0 ? 0 : outcome.requests / outcome.served;
  const used = (key: keyof typeof before) => {
    const [begin, end] = [before[key], after[key]];
    return begin === null || end === null ? null : Math.round((end - begin) * share);
  };
  return {
    ...outcome,
    envoyNs: used('envoyNs') ?? outcome.envoyNs,
    serverNs: used('serverNs') ?? outcome.serverNs,
    upstreamNs: used('upstreamNs') ?? outcome.upstreamNs,
  };
}

async function read(source: CpuSource | null): Promise<number | null> {
  return source?.kind === 'engine-stats' ? readEngineCpuNs(source) : null;
}
