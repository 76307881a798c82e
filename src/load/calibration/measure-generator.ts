import { median } from 'simple-statistics';
import type { GeneratorMeasurement } from '../../results/schema/index.js';
import type { Generator } from '../generator/process.js';
import type { ClosedLoopSlice, SliceCpu, SliceOutcome, WireRequest } from '../slice.js';
import { type ClientResult, type Comparison, compareClients } from './compare.js';
import { clientResult, runCleanSlice } from './run-slice.js';
import { hasWrk, runWrk } from './wrk.js';

/** A generator, and a running Envoy that answers directly. Both are pinned as in the placement by the caller. */
export interface GeneratorSubject {
  readonly generator: Generator;
  readonly target: ClosedLoopSlice['target'];
  /** A GET without headers of its own, so that wrk sends the like. */
  readonly request: WireRequest;
  readonly cpu: SliceCpu;
  /** Where the generator's first process is pinned; wrk is pinned there, too. */
  readonly generatorCpus: readonly number[];
}

export interface GeneratorPlan {
  readonly connections: readonly number[];
  /** Slices of each kind, each followed or preceded by one of wrk. */
  readonly pairs: number;
  readonly windowMs: number;
  /** Open-loop rates a second. */
  readonly rates: readonly number[];
  readonly seed: number;
  /** As slices are measured in a run. */
  readonly client?: 'sockets' | 'autocannon';
  /** Whether each slice has one of wrk beside it, where wrk is installed. */
  readonly withWrk: boolean;
}

type Ceiling = GeneratorMeasurement['ceilings'][number];
type Lateness = GeneratorMeasurement['lateness'][number];

const leadMs = 50;
// wrk counts whole seconds.
const wrkSeconds = 1;

/**
 * Measures the generator itself: its ceiling, what it adds to latencies, its lateness, and how it compares with wrk on the
 * same core, in interleaved pairs so that a machine that drifts meets both.
 * @throws FailedError where a process ended, or a client got a wrong answer.
 */
export async function measureGenerator(
  subject: GeneratorSubject,
  plan: GeneratorPlan,
): Promise<GeneratorMeasurement> {
  const withWrk = plan.withWrk && (await hasWrk());
  const ceilings: Ceiling[] = [];
  const comparisons: Comparison[] = [];
  for (const connections of plan.connections) {
    const slices: SliceOutcome[] = [];
    const pairs: { ours: ClientResult; wrk: ClientResult }[] = [];
    // The first slice on new connections is slower: code is compiled, caches are cold.
    await closedSlice(subject, plan, connections, 'spinning');
    for (let pair = 0; pair < plan.pairs; pair += 1) {
      slices.push(await closedSlice(subject, plan, connections, 'spinning'));
      if (withWrk) pairs.push(await besideWrk(subject, plan, connections, pair));
    }
    ceilings.push(ceilingOf(connections, slices));
    if (pairs.length > 0) comparisons.push(compareClients(connections, pairs));
  }
  const lateness: Lateness[] = [];
  for (const rps of plan.rates) lateness.push(await latenessAt(subject, plan, rps));
  return { ceilings, lateness, comparisons: withWrk ? comparisons : null };
}

// wrk sleeps until an answer comes, so our client does, too: what waking up costs is in both.
async function besideWrk(
  subject: GeneratorSubject,
  plan: GeneratorPlan,
  connections: number,
  pair: number,
): Promise<{ ours: ClientResult; wrk: ClientResult }> {
  const before = pair % 2 === 0 ? await wrkSlice(subject, connections) : null;
  const ours = clientResult(await closedSlice(subject, plan, connections, 'sleeping'));
  return { ours, wrk: before ?? (await wrkSlice(subject, connections)) };
}

function wrkSlice({ target, request, generatorCpus }: GeneratorSubject, connections: number) {
  const cpus = generatorCpus.slice(0, 1);
  return runWrk({ target, path: request.path, connections, seconds: wrkSeconds, cpus });
}

function closedSlice(
  { generator, target, request, cpu }: GeneratorSubject,
  { windowMs, client = 'sockets' }: GeneratorPlan,
  connections: number,
  waiting: 'spinning' | 'sleeping',
): Promise<SliceOutcome> {
  return runCleanSlice(generator, {
    ...{ loop: 'closed', client, waiting, target, connections, requests: [request], leadMs, windowMs, cpu },
  });
}

async function latenessAt(
  { generator, target, request, cpu }: GeneratorSubject,
  { pairs, seed, windowMs }: GeneratorPlan,
  rps: number,
): Promise<Lateness> {
  const slices: SliceOutcome[] = [];
  for (let round = 0; round < pairs; round += 1) {
    const load = { arrivals: 'poisson', rps, connections: 64, seed: seed + round, drainMs: 100 } as const;
    slices.push(
      await runCleanSlice(generator, {
        loop: 'open',
        ...load,
        target,
        requests: [request],
        leadMs,
        windowMs,
        cpu,
      }),
    );
  }
  const middle = (of: (slice: SliceOutcome) => number) => median(slices.map(of));
  return {
    rps,
    sendLagMeanUs: middle(({ sendLagUs }) => sendLagUs?.mean ?? 0),
    sendLagMaxUs: middle(({ sendLagUs }) => sendLagUs?.max ?? 0),
    generatorBusy: middle(
      ({ generatorNs, spinNs, windowNs, generators }) => (generatorNs - spinNs) / windowNs / generators,
    ),
    eventLoopDelayUs: middle(({ eventLoopDelayUs }) => eventLoopDelayUs),
    p50Us: middle((slice) => clientResult(slice).p50Us),
  };
}

function ceilingOf(connections: number, slices: readonly SliceOutcome[]): Ceiling {
  const middle = (of: (slice: SliceOutcome) => number) => median(slices.map(of));
  return {
    connections,
    rps: middle((slice) => clientResult(slice).rps),
    p50Us: middle((slice) => clientResult(slice).p50Us),
    generatorBusy: middle(({ generatorNs, spinNs, windowNs }) => (generatorNs - spinNs) / windowNs),
    envoyBusy: middle(({ envoyNs, windowNs }) => envoyNs / windowNs),
    ownUs: middle(({ generatorNs, spinNs, requests }) => (generatorNs - spinNs) / requests / 1e3),
    eventLoopDelayUs: middle(({ eventLoopDelayUs }) => eventLoopDelayUs),
  };
}
