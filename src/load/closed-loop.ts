import autocannon from 'autocannon';
import { bodyBytes } from './body-bytes.js';
import { closedLoopWindow } from './closed-loop-window.js';
import { responseCheck } from './response-check.js';
import type { ClosedLoopSlice, SliceOutcome } from './slice.js';

// autocannon ends a run on a tick of sampleInt; its default of 1,000 ms would make every slice a second long.
const tickMs = 2;
// Longer than any slice: slices are ended by stop(), never by their duration.
const endlessSeconds = 3_600;
const requestTimeoutSeconds = 10;

/**
 * Drives one slice with autocannon. Only its `response` events are used; its own latencies are in whole milliseconds.
 * @throws Error (ENOENT) where a measured process is gone.
 */
export async function runClosedLoopSlice(slice: ClosedLoopSlice): Promise<SliceOutcome> {
  const check = responseCheck(slice.requests);
  const window = closedLoopWindow(slice, check);
  let finish: () => void = () => undefined;
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
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
    requests: slice.requests.map(({ method, path, headers, body }) => ({
      method,
      path,
      headers,
      ...(body !== undefined && { body: bodyBytes(body).toString('utf8') }),
    })) as autocannon.Request[],
  };
  const load = autocannon(options, finish);
  load.on('response', (client, status, bytes, ms) => {
    window.answered(check.response(client, status, bytes), ms);
  });
  load.on('reqError', (error: Error) => check.socketError(error));
  return window.run(async () => {
    load.stop();
    await finished;
    // Every connection sends its next request as soon as it has an answer, so one each is cut off.
    return slice.connections;
  });
}
