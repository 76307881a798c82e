import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TcpAddress } from '../../runtime/types.js';
import { joinHeaders } from '../../scenarios/send-once.js';
import type { SwapAnswer } from './account.js';
import { versionOf } from './versions.js';

/** What every arrival sends. */
export interface SwapRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Load that goes on until it is disposed of. */
export interface SwapLoad extends AsyncDisposable {
  /** All answers so far, in the order in which they came. */
  readonly answers: readonly SwapAnswer[];
  /** Resolves when no request that was sent before `ms` is still on its way. */
  settled(ms: number): Promise<void>;
}

// Long: what a busy machine delays is not lost.
const patienceMs = 20_000;

/**
 * Sends requests at equal gaps whatever becomes of them: every second one on a connection of its own, the others on connections
 * that are kept for as long as Envoy keeps them.
 */
export function openLoad(target: TcpAddress, sent: SwapRequest, rps: number): SwapLoad {
  const answers: SwapAnswer[] = [];
  const onTheirWay = new Map<number, number>();
  // Each kept connection in turn: one that nobody uses would learn nothing, and turn up late.
  const agent = new Agent({ keepAlive: true, scheduling: 'fifo' });
  const gapMs = 1_000 / rps;
  const beganMs = performance.now();
  let arrivals = 0;
  let ended = false;

  const one = async (index: number) => {
    const sentMs = performance.now();
    onTheirWay.set(index, sentMs);
    const outcome = await send(target, sent, index % 2 === 0 ? agent : null);
    onTheirWay.delete(index);
    answers.push({ ...outcome, sentMs, endedMs: performance.now() });
  };
  const sending = (async () => {
    while (!ended) {
      // By one look at the clock: what comes due while these are sent must not keep answers from being read.
      const nowMs = performance.now();
      for (; beganMs + arrivals * gapMs <= nowMs; arrivals += 1) void one(arrivals);
      await sleep(Math.max(0, beganMs + arrivals * gapMs - performance.now()));
    }
  })();
  return {
    answers,
    async settled(ms) {
      while ([...onTheirWay.values()].some((sentMs) => sentMs < ms)) await sleep(gapMs);
    },
    async [Symbol.asyncDispose]() {
      ended = true;
      await sending;
      while (onTheirWay.size > 0) await sleep(gapMs);
      agent.destroy();
    },
  };
}

type Outcome = Omit<SwapAnswer, 'sentMs' | 'endedMs'>;

/** @param agent keeps connections; null: one of its own */
function send(
  target: TcpAddress,
  { method, headers, body }: SwapRequest,
  agent: Agent | null,
): Promise<Outcome> {
  return new Promise((resolve) => {
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const call = httpRequest({
      ...target,
      method,
      path: '/',
      headers: { ...headers, ...length },
      agent: agent ?? false,
      timeout: patienceMs,
    });
    const connection = () => (call.reusedSocket ? 'kept' : 'fresh');
    const lose = (error: Error) =>
      resolve({ answered: false, version: null, problem: error.message, connection: connection() });
    call.on('timeout', () => call.destroy(new Error(`no answer within ${patienceMs} ms`)));
    call.on('error', lose);
    call.on('response', (response) => {
      readWhole(response).then((text) => {
        const version = versionOf({
          status: response.statusCode ?? 0,
          headers: joinHeaders(response.rawHeaders),
          body: text,
        });
        const problem = version === null ? `status ${response.statusCode}: ${text.slice(0, 120)}` : null;
        resolve({ answered: true, version, problem, connection: connection() });
      }, lose);
    });
    call.end(body);
  });
}

async function readWhole(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
