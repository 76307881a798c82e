import { Agent, request } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { FailedError } from '../errors.js';
import type { FaultEffect, FaultListener } from '../results/schema/index.js';
import type { TcpAddress } from '../runtime/types.js';
import { patientTimer } from './patient-timer.js';

/** What a request got: see `faultTallySchema`. */
export interface Got {
  readonly effect: FaultEffect;
  readonly got: string;
}

/** The same, with the worker that held the connection; null where that is not known. */
export interface Answer extends Got {
  readonly worker: number | null;
}

/** A client with a kept connection; while that is busy it opens others for one request each, as clients do. */
export interface Lane {
  readonly listener: FaultListener;
  /** The worker that holds the kept connection; null once it had to be opened anew. */
  worker(): number | null;
  /**
   * Sends a request at once. It never fails: that, too, is an answer.
   * @param timeoutMs from now, without the time in which we are held up ourselves
   */
  ask(timeoutMs: number, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  close(): void;
}

/** Where lanes lead. */
export interface LaneTarget {
  readonly listener: FaultListener;
  readonly address: TcpAddress;
  /** How many connections each worker has taken on this listener so far. */
  taken(): Promise<readonly number[]>;
}

/** Opens a lane without asking which worker takes it. */
export function openLane({ listener, address }: LaneTarget): Lane & { settle(worker: number): void } {
  const kept = new Agent({ keepAlive: true, maxSockets: 1 });
  const sockets = new Set<Socket>();
  let first: number | null = null;
  let busy = false;
  const worker = () => (sockets.size > 1 ? null : first);

  async function askKept(timeoutMs: number, headers: Headers): Promise<Answer> {
    busy = true;
    const got = await send(kept, timeoutMs, headers, (socket) => sockets.add(socket));
    busy = false;
    return { ...got, worker: worker() };
  }

  async function askOnce(timeoutMs: number, headers: Headers): Promise<Answer> {
    return { ...(await send(false, timeoutMs, headers, () => undefined)), worker: null };
  }

  function send(
    agent: Agent | false,
    timeoutMs: number,
    headers: Headers,
    onSocket: (socket: Socket) => void,
  ) {
    return new Promise<Got>((resolve) => {
      const call = request({ ...address, agent, headers: { ...headers } }, (response) => {
        response.resume();
        response.on('end', () => done(gotOf(listener, response.statusCode, response.headers['x-filtered'])));
        response.on('error', failed);
      });
      const callOff = patientTimer(timeoutMs, () =>
        call.destroy(Object.assign(new Error(), { code: 'ETIMEDOUT' })),
      );
      const done = (got: Got) => {
        callOff();
        resolve(got);
      };
      const failed = (error: NodeJS.ErrnoException) => done({ effect: 'failed', got: wordOf(error.code) });
      call.on('socket', onSocket);
      call.on('error', failed);
      call.end();
    });
  }

  return {
    listener,
    settle(taker) {
      first = taker;
    },
    worker,
    ask: (timeoutMs, headers = {}) => (busy ? askOnce : askKept)(timeoutMs, headers),
    close: () => kept.destroy(),
  };
}

type Headers = Readonly<Record<string, string>>;

function gotOf(listener: FaultListener, status: number | undefined, mark: unknown): Got {
  const got = String(status);
  if (status !== 200) return { effect: 'failed', got };
  return { effect: listener === 'neighbour' || mark === '1' ? 'right' : 'unfiltered', got };
}

function wordOf(code: string | undefined): string {
  if (code === 'ETIMEDOUT') return 'timeout';
  return code === 'ECONNREFUSED' ? 'refused' : 'reset';
}

// The kernel spreads connections over workers by a hash: a worker is missed so often in a row once in 10^15 times.
const mostTries = 50;
const openingTimeoutMs = 10_000;

/**
 * Opens lanes until each worker holds `perWorker` of them; those too many are closed.
 * @throws FailedError where one is not answered rightly, or a worker takes none.
 */
export async function openLanes(target: LaneTarget, workers: number, perWorker: number): Promise<Lane[]> {
  const lanes: Lane[] = [];
  for (let tries = 0; lanes.length < workers * perWorker; tries += 1) {
    if (tries === mostTries * perWorker) throw unanswered(`a worker took none of ${tries} connections`);
    const before = await target.taken();
    const lane = openLane(target);
    const { effect, got } = await lane.ask(openingTimeoutMs);
    if (effect !== 'right') throw unanswered(`a request before the fault was ${effect} (${got})`);
    const worker = await takerOf(target, before);
    if (lanes.filter((other) => other.worker() === worker).length === perWorker) {
      lane.close();
    } else {
      lane.settle(worker);
      lanes.push(lane);
    }
  }
  return lanes;
}

async function takerOf(target: LaneTarget, before: readonly number[]): Promise<number> {
  const deadline = performance.now() + openingTimeoutMs;
  while (performance.now() < deadline) {
    const now = await target.taken();
    const worker = now.findIndex((count, index) => count > (before[index] ?? 0));
    if (worker !== -1) return worker;
    await sleep(5);
  }
  throw unanswered('no worker counts a connection that was answered');
}

function unanswered(what: string): FailedError {
  return new FailedError(what, 'see what Envoy prints; nothing was injected yet');
}
