import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { anywhere } from '../../compat/attempt.js';
import { withBareFileNames } from '../../compat/envoy-log.js';
import { composeConfig } from '../../envoy/config.js';
import { type RunningEnvoy, startEnvoy } from '../../envoy/running.js';
import type { EvidenceOf } from '../../results/schema/index.js';
import type { Inside, TcpAddress } from '../../runtime/types.js';
import { addressVariables } from '../../session/envoy-address.js';
import { startSink } from '../../session/server.js';
import { inPlace, type Place } from '../place.js';
import { aboutProbe, type Probe } from '../probe.js';
import { onFresh, type SwapMoment, seenOf, servedSince } from './account.js';
import { listenerFile, moveInto, watchingListener } from './listener.js';
import { openLoad, type SwapLoad } from './load.js';
import { mappedModules } from './mapped.js';
import {
  briskDrain,
  type Drain,
  envoysDrain,
  type SwapScript,
  type SwapSeries,
  type SwapStep,
} from './series.js';

/** Arrivals a second: enough that a gap of some ms would show, and far from what a core can do. */
export const swapRps = 200;
// The load before each swap, and after all old connections should be gone.
const leadMs = 300;
const tailMs = 800;
// What was on its way then may still be answered as before.
const settleMs = 300;
// A large Wasm module takes seconds to compile, and several times that on a busy machine.
const patienceMs = 30_000;
const pollMs = 20;
const ldsFile = 'listener.yaml';

/** A series as a probe; each of its swaps is one piece of evidence. */
export function swapProbe(series: SwapSeries): Probe {
  const { id, claims, question } = series;
  return {
    id,
    claims,
    question,
    alone: true,
    run: (parts) => inPlace(parts, async (place) => drive(place, series, await series.prepare(place))),
  };
}

async function drive(
  place: Place,
  { claims, question }: SwapSeries,
  script: SwapScript,
): Promise<EvidenceOf<'swap'>[]> {
  await using upstream = await startSink({ ...place, placement: anywhere }, { answer: null });
  const drain = script.drain ?? briskDrain;
  const whole = (inside: Inside, filters: SwapScript['first']['filters']) =>
    wholeConfig(place, {
      inside,
      filters: filters(inside),
      script,
      upstream: upstream.peerAddress('listen'),
    });
  // Known once Envoy's ports and folders are.
  let around: Inside | null = null;
  const path = join(place.dir, ldsFile);
  const file = (filters: SwapScript['first']['filters']) => {
    if (!around) throw new TypeError('Envoy was started');
    return listenerFile(whole(around, filters));
  };
  await using envoy = await startEnvoy(
    place.runtime,
    {
      name: 'swapped',
      program: place.envoy.path,
      version: place.envoy.version,
      cpus: [],
      workers: 1,
      reads: [],
      files: {},
      config(inside) {
        around = inside;
        // It must be there as Envoy starts.
        writeFileSync(path, file(script.first.filters), { mode: 0o600 });
        return watchingListener(whole(inside, script.first.filters), path);
      },
      env: () => script.env,
      flags: () => drainFlags(drain),
    },
    place.signal,
  );
  let before = file(script.first.filters);
  await using load = openLoad(envoy.listener, script.request, swapRps);
  await serving(load, script.first.version, place.signal);
  const evidence: EvidenceOf<'swap'>[] = [];
  for (const step of script.steps) {
    const from = servedSince(onFresh(load.answers), performance.now() - leadMs)[0] ?? script.first.version;
    const after = file(step.filters);
    evidence.push(
      await swapOnce(place, {
        names: { claims, question },
        envoy,
        load,
        step,
        from,
        path,
        before,
        after,
        drain,
      }),
    );
    before = after;
  }
  return evidence;
}

interface Swapping {
  readonly names: Pick<SwapSeries, 'claims' | 'question'>;
  readonly drain: Drain;
  readonly envoy: RunningEnvoy;
  readonly load: SwapLoad;
  readonly step: SwapStep;
  readonly from: string;
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

async function swapOnce(place: Place, swapping: Swapping): Promise<EvidenceOf<'swap'>> {
  const { names, envoy, load, step, from, path, before, after, drain } = swapping;
  const { probe, way, to } = step;
  const countersBefore = await envoy.counters();
  const beganMs = performance.now();
  await sleep(leadMs, undefined, { signal: place.signal });
  await step.before?.();
  const atMs = await moveInto(path, after);
  await applied(envoy, countersBefore, { atMs, signal: place.signal });
  // Where the time of the cut is short, nothing of the old one is left after it: that matters to code that is unloaded.
  const overMs = performance.now() + (drain.cutMs < envoysDrain.cutMs ? drain.cutMs : (step.observeMs ?? 0));
  await sleep(overMs - performance.now() + tailMs, undefined, { signal: place.signal });
  const endedMs = performance.now();
  await load.settled(endedMs);
  const answers = load.answers.filter(({ sentMs }) => sentMs >= beganMs && sentMs < endedMs);
  const moment: SwapMoment = { from, to, atMs };
  return {
    ...aboutProbe({ id: probe, ...names }, place.envoy),
    kind: 'swap',
    way,
    rps: swapRps,
    drainMs: drain.cutMs,
    drainStrategy: drain.strategy,
    ...seenOf(answers, moment),
    counters: grown(countersBefore, await envoy.counters()),
    facts: {
      servedAtTheEnd: servedSince(onFresh(answers), overMs + settleMs).join(' '),
      mapped: await mappedModules(envoy.workload.pid),
    },
    before: withBareFileNames(before),
    after: withBareFileNames(after),
    log: withBareFileNames(envoy.workload.logTail()),
  };
}

/** Waits until a version serves. */
async function serving(load: SwapLoad, version: string, signal: AbortSignal): Promise<void> {
  const giveUpMs = performance.now() + patienceMs;
  const isIt = () => load.answers.at(-1)?.version === version;
  while (!isIt() && performance.now() < giveUpMs) await sleep(pollMs, undefined, { signal });
}

const created = 'listener_manager.listener_create_success';
const refused = 'listener_manager.lds.update_rejected';

/** Waits until Envoy's workers have the new listener, or Envoy refuses it. Whether it then does what it should is to be seen. */
async function applied(
  envoy: RunningEnvoy,
  before: ReadonlyMap<string, number>,
  { atMs, signal }: { readonly atMs: number; readonly signal: AbortSignal },
): Promise<void> {
  while (performance.now() < atMs + patienceMs) {
    await sleep(pollMs, undefined, { signal });
    // While it compiles a Wasm module Envoy answers nobody who asks for counters.
    const now = await envoy.counters().catch(() => before);
    if ([created, refused].some((name) => (now.get(name) ?? 0) > (before.get(name) ?? 0))) return;
  }
}

const counted = /^listener_manager\.|^http\.bench\.downstream_rq_(?:total|[45]xx)|wasm\.|dynamic_modules\./;

function grown(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
): Record<string, number> {
  return Object.fromEntries(
    [...after]
      .map(([name, value]): [string, number] => [name, value - (before.get(name) ?? 0)])
      .filter(([name, value]) => value !== 0 && counted.test(name)),
  );
}

/** Everything in one static configuration, from which the listener is taken out. */
export function wholeConfig(
  { base, echo }: Place,
  {
    inside,
    filters,
    script,
    upstream,
  }: {
    readonly inside: Pick<Inside, 'bind'>;
    readonly filters: readonly unknown[];
    readonly script: Pick<SwapScript, 'clusters'>;
    readonly upstream: TcpAddress;
  },
): string {
  const fragment = { http_filters: [...filters], clusters: [...script.clusters] };
  return composeConfig(base, fragment, {
    runtime_flags: {},
    ...addressVariables(inside, { echo: echo.peerAddress('listen'), upstream }),
  });
}

/** Envoy's flags for what its configuration does not say. */
export function drainFlags({ cutMs, strategy }: Drain): string[] {
  return ['--drain-time-s', String(cutMs / 1_000), '--drain-strategy', strategy];
}
