import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { anywhere } from '../../compat/attempt.js';
import { withBareFileNames } from '../../compat/envoy-log.js';
import { type EnvoySpec, startEnvoy } from '../../envoy/running.js';
import { prebuilt } from '../../mechanisms/prebuilt.js';
import type { EvidenceOf } from '../../results/schema/index.js';
import type { TcpAddress } from '../../runtime/types.js';
import { startSink } from '../../session/server.js';
import { inPlace, type Place } from '../place.js';
import { aboutProbe, type Probe, type ProbeNames } from '../probe.js';
import { onFresh, type SwapMoment, seenOf, servedSince } from './account.js';
import { drainFlags, swapRps, wholeConfig } from './drive.js';
import { twoModules } from './dynamic-module.js';
import { moveInto } from './listener.js';
import { openLoad } from './load.js';
import { mappedModules } from './mapped.js';
import { briskDrain, type Drain, dynamicLoad, fillerOf } from './series.js';
import { jobOfCode, refusedRequest } from './versions.js';

const claims = [dynamicLoad];
const leadMs = 500;
const tailMs = 500;
// When the old process ends, counted from the start of the new one's turn: after its connections are drained.
const parentShutdownMs = 3_000;
const drain: Drain = { ...briskDrain, cutMs: 2_000 };

type Way = 'hot-restart' | 'cold-restart';

function restartProbe(way: Way, question: string): Probe {
  const id = `swap/${way}`;
  return {
    id,
    claims,
    question,
    alone: true,
    run: (parts) => inPlace(parts, async (place) => [await restart(place, { id, claims, question }, way)]),
  };
}

/** The same file with other code, taken over by another process: at once, or once the old one is gone. */
async function restart(place: Place, names: ProbeNames, way: Way): Promise<EvidenceOf<'swap'>> {
  await using upstream = await startSink({ ...place, placement: anywhere }, { answer: null });
  const { folder, second } = await twoModules(place, prebuilt.dynamicModule);
  const fill = await fillerOf('swapped-dynamic-module');
  const filters = fill({ module: 'one', job: jobOfCode(0) }).http_filters;
  const baseId = String(randomInt(1_000, 100_000_000));
  // The second process listens where the first one does.
  let listener: TcpAddress | null = null;
  let config = '';
  const spec = (epoch: number): EnvoySpec => ({
    name: `epoch-${epoch}`,
    program: place.envoy.path,
    version: place.envoy.version,
    cpus: [],
    workers: 1,
    reads: [],
    config(inside) {
      const bind = (port: string) =>
        port === 'listener' ? (listener ?? inside.bind(port)) : inside.bind(port);
      const at = {
        inside: { bind },
        filters,
        script: { clusters: [] },
        upstream: upstream.peerAddress('listen'),
      };
      config = wholeConfig(place, at);
      return config;
    },
    env: () => ({ ENVOY_DYNAMIC_MODULES_SEARCH_PATH: folder }),
    flags: () => [
      ...drainFlags(drain),
      ...['--parent-shutdown-time-s', String(parentShutdownMs / 1_000)],
      ...(way === 'hot-restart' ? ['--base-id', baseId, '--restart-epoch', String(epoch)] : []),
    ],
  });
  await using first = await startEnvoy(place.runtime, spec(0), place.signal);
  const firstGone = first.workload.exited.then(() => performance.now());
  const before = config;
  listener = first.listener;
  await using load = openLoad(listener, refusedRequest, swapRps);
  const beganMs = performance.now();
  await sleep(leadMs, undefined, { signal: place.signal });
  const atMs = await moveInto(join(folder, 'libone.so'), second);
  if (way === 'cold-restart') await first.workload.stop();
  await using next = await startEnvoy(place.runtime, spec(1), place.signal);
  const readyMs = performance.now();
  await Promise.all([firstGone, sleep(drain.cutMs, undefined, { signal: place.signal })]);
  const goneMs = await firstGone;
  await sleep(tailMs, undefined, { signal: place.signal });
  const endedMs = performance.now();
  await load.settled(endedMs);
  const answers = load.answers.filter(({ sentMs }) => sentMs >= beganMs && sentMs < endedMs);
  const moment: SwapMoment = { from: 'one', to: 'two', atMs };
  return {
    ...aboutProbe(names, place.envoy),
    kind: 'swap',
    way,
    rps: swapRps,
    drainMs: drain.cutMs,
    drainStrategy: drain.strategy,
    ...seenOf(answers, moment),
    counters: {},
    facts: {
      servedAtTheEnd: servedSince(onFresh(answers), Math.max(goneMs, readyMs)).join(' '),
      mapped: await mappedModules(next.workload.pid),
      secondReadyMs: Math.round(readyMs - atMs),
      firstGoneMs: Math.round(goneMs - atMs),
    },
    before: withBareFileNames(before),
    after: withBareFileNames(config),
    log: withBareFileNames(`${first.workload.logTail()}${next.workload.logTail()}`),
  };
}

/** What another process brings: new code from the same file. */
export const restartProbes: readonly Probe[] = [
  restartProbe('hot-restart', 'does a hot restart bring new code from the same file, and lose no request?'),
  restartProbe('cold-restart', 'and ending the process before the next is started?'),
];
