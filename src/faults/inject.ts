import { setTimeout as sleep } from 'node:timers/promises';
import { FailedError } from '../errors.js';
import type { FaultFresh, FaultListener, FaultyRequest } from '../results/schema/index.js';
import type { FaultyEnvoy } from './envoy.js';
import type { Strike } from './fault.js';
import { type Lane, openLane, openLanes } from './lane.js';
import type { FaultyServer } from './server.js';
import { type Exchange, steadyLoad } from './steady-load.js';
import { whole } from './tally.js';
import { type FaultTimes, steady } from './times.js';

/** What was seen while a fault was injected; times are from the fault, but for `zeroMs`, which says when that was. */
export interface Seen {
  readonly zeroMs: number;
  readonly exchanges: readonly Exchange[];
  readonly requests: readonly FaultyRequest[];
  readonly liftedMs: number | null;
  readonly watchedMs: number;
  readonly fresh: readonly FaultFresh[];
}

export interface Injection {
  readonly strike: Strike;
  readonly injured: FaultyEnvoy;
  /** The server that is struck; null where a request strikes. */
  readonly server: FaultyServer | null;
  readonly times: FaultTimes;
  readonly signal: AbortSignal;
}

// Long enough that what is refused after a death is seen.
const afterDeathMs = 500;
const freshConnections = 16;
const betweenFaultsMs = 200;

/**
 * Puts a running Envoy under the steady load, strikes, and watches.
 * @throws FailedError where Envoy does not serve before it is struck; AbortError.
 */
export async function inject(injection: Injection): Promise<Seen> {
  const { injured } = injection;
  const lanes: Lane[] = [];
  const stop = new AbortController();
  const add = async (listener: FaultListener, perWorker: number) => {
    const opened = await openLanes(injured.target(listener), steady.workers, perWorker);
    lanes.push(...opened);
    return opened;
  };
  try {
    const filtered = await add('filter', steady.filterConnections);
    const beside = await add('neighbour', steady.neighbourConnections);
    const [striker] = await add('filter', 1);
    if (!striker) throw new RangeError('no lane was opened');
    const loading = steadyLoad([...filtered, ...beside], steady, stop.signal);
    const watched = await strikeAndWatch(injection, striker);
    stop.abort();
    const exchanges = await loading;
    const fresh = watched.isAlive()
      ? [await askFresh(injured, 'filter'), await askFresh(injured, 'neighbour')]
      : [];
    const { zeroMs, liftedMs, watchedMs } = watched;
    return { zeroMs, exchanges, requests: await watched.requests, liftedMs, watchedMs, fresh };
  } finally {
    stop.abort();
    for (const lane of lanes) lane.close();
  }
}

async function strikeAndWatch({ strike, injured, server, times, signal }: Injection, striker: Lane) {
  const { exited } = injured.envoy.workload;
  let alive = true;
  const death = exited.then(() => {
    alive = false;
  });
  await sleep(times.leadMs, undefined, { signal });
  if (!alive) throw new FailedError('Envoy ended before the fault', 'see what it prints');
  const zeroMs = performance.now();
  const sinceMs = () => performance.now() - zeroMs;
  const waitUntil = (atMs: number) =>
    Promise.race([sleep(Math.max(0, atMs - sinceMs()), undefined, { signal }), death]);
  let liftedMs: number | null = null;
  let requests: Promise<FaultyRequest[]> = Promise.resolve([]);
  if (strike.kind === 'request') {
    requests = askForIt(striker, strike);
  } else if (strike.kind === 'signal') {
    const { pid } = injured.envoy.workload;
    if (pid !== null) process.kill(pid, strike.name);
  } else if (server) {
    await strike.strike(server);
    await waitUntil(times.liftMs);
    liftedMs = whole(sinceMs());
    await strike.lift(server);
  }
  await waitUntil(times.watchMs);
  const watchedMs = whole(sinceMs());
  if (!alive) await sleep(afterDeathMs, undefined, { signal });
  return { zeroMs, liftedMs, watchedMs, requests, isAlive: () => alive };
}

async function askForIt(
  lane: Lane,
  { headers, times }: Extract<Strike, { kind: 'request' }>,
): Promise<FaultyRequest[]> {
  const requests: FaultyRequest[] = [];
  const zeroMs = performance.now();
  // A connection that had to be opened anew may be another worker's: the fault is that of one.
  for (let worker = lane.worker(); worker !== null && requests.length < times; worker = lane.worker()) {
    if (requests.length > 0) await sleep(betweenFaultsMs);
    const startMs = performance.now();
    const { effect, got } = await lane.ask(steady.timeoutMs, headers);
    const tookMs = whole(performance.now() - startMs);
    requests.push({ headers: { ...headers }, worker, atMs: whole(startMs - zeroMs), effect, got, tookMs });
  }
  return requests;
}

async function askFresh(injured: FaultyEnvoy, listener: FaultListener): Promise<FaultFresh> {
  const lanes = Array.from({ length: freshConnections }, () => openLane(injured.target(listener)));
  const got = await Promise.all(lanes.map((lane) => lane.ask(steady.timeoutMs)));
  for (const lane of lanes) lane.close();
  const count = (effect: FaultyRequest['effect']) => got.filter((one) => one.effect === effect).length;
  return { listener, tried: got.length, right: count('right'), unfiltered: count('unfiltered') };
}
