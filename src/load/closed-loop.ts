import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import autocannon from 'autocannon';
import { encodeAndDestroy, newHistogram, recordMs } from './histogram.js';
import { responseCheck } from './response-check.js';
import type { ClosedLoopSlice, OpenLoopOutcome, SliceOutcome } from './slice.js';
import { type Edge, readClosingEdge, readOpeningEdge, useBetween } from './window-use.js';

// autocannon ends a run on a tick of sampleInt; its default of 1,000 ms would make every slice a second long.
const tickMs = 2;
// Longer than any slice: slices are ended by stop(), never by their duration.
const endlessSeconds = 3_600;
const noAnswerMs = 2_000;
const requestTimeoutSeconds = 10;

const notOpenLoop: OpenLoopOutcome = {
  offered: null,
  answeredInTime: null,
  unanswered: null,
  backlog: null,
  sendLagUs: null,
  spinNs: 0,
};

/**
 * Drives one slice with autocannon and measures its inner window: from `leadMs` after the first response until just
 * before it is stopped. Only autocannon's `response` events are used; its own latencies are in whole milliseconds.
 */
export async function runClosedLoopSlice(slice: ClosedLoopSlice): Promise<SliceOutcome> {
  const check = responseCheck(slice.requests);
  const histogram = newHistogram();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const startNs = Math.round(performance.now() * 1e6);
  let window: { open: Edge; close: Edge | null } | null = null;
  let served = 0;
  let counted = 0;
  const { promise: answered, resolve: firstAnswer } = withResolvers();
  const { promise: finished, resolve: finish } = withResolvers();
  const options = {
    url: `http://${slice.target.host}:${slice.target.port}`,
    connections: slice.connections,
    duration: endlessSeconds,
    timeout: requestTimeoutSeconds,
    sampleInt: tickMs,
    // Its types know only some of its events.
    setupClient: (client: NodeJS.EventEmitter) => {
      client.on('request', () => check.sent(client));
    },
    requests: slice.requests.map(({ method, path, headers }) => ({
      method,
      path,
      headers,
    })) as autocannon.Request[],
  };
  const load = autocannon(options, finish);
  load.on('response', (client, status, bytes, ms) => {
    served += 1;
    if (served === 1) firstAnswer();
    if (!check.response(client, status, bytes) || window === null || window.close !== null) return;
    counted += 1;
    recordMs(histogram, ms);
  });
  load.on('reqError', (error: Error) => check.socketError(error));

  delay.enable();
  try {
    if (await settlesWithin(answered, noAnswerMs)) {
      await sleep(slice.leadMs);
      check.windowOpens();
      window = { open: readOpeningEdge(slice.cpu), close: null };
      await sleep(slice.windowMs);
      window.close = readClosingEdge(slice.cpu);
      check.windowCloses();
    }
  } finally {
    // Even where Envoy died and its CPU can't be read: load that went on would spoil every later slice.
    load.stop();
    await finished;
    delay.disable();
  }
  if (counted === 0) check.nothingRight();
  return {
    startNs,
    ...useBetween(window?.open ?? null, window?.close ?? null),
    ...notOpenLoop,
    generators: 1,
    requests: counted,
    bad: check.bad(),
    badExample: check.example(),
    served,
    // Every connection sends its next request as soon as it has an answer, so one each is cut off.
    aborted: slice.connections,
    eventLoopDelayUs: Math.round(delay.max / 1e3),
    histogram: encodeAndDestroy(histogram),
  };
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

// Promise.withResolvers came with Node 22.
function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

async function settlesWithin(promise: Promise<void>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  const settled = await Promise.race([promise.then(() => true), late]);
  clearTimeout(timer);
  return settled;
}
