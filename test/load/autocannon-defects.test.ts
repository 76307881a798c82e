import { createRequire } from 'node:module';
import autocannon from 'autocannon';
import { describe, expect, it } from 'vitest';
import { serve } from './local-server.js';

// Each test shows a defect that src/load/closed-loop.ts works around. Where one fails, autocannon mended the defect: look
// again at what the workaround is still for, then turn the test around.

const { version } = createRequire(import.meta.url)('autocannon/package.json');

/** Starts autocannon; its types take the form without a callback for a mere promise. */
function start(options: autocannon.Options) {
  return autocannon({ connections: 1, ...options }) as unknown as autocannon.Instance &
    PromiseLike<autocannon.Result>;
}

/** A run in the order in which things happened: its responses, a reference timer, its end. */
async function eventsOf(options: autocannon.Options, onFirstResponse: (load: autocannon.Instance) => void) {
  const events: string[] = [];
  const load = start(options);
  const reference = new Promise<void>((resolve) => {
    setTimeout(() => {
      events.push('reference');
      resolve();
    }, 900);
  });
  load.on('response', () => {
    if (events.push('response') === 1) onFirstResponse(load);
  });
  const result = await load;
  events.push('end');
  await reference;
  return { result, events: events.filter((event, index) => event !== events[index - 1]) };
}

it('is the version whose defects these are', () => {
  expect(version).toBe('9.0.0');
});

it('its histogram is in whole milliseconds, though it knows the real times', async () => {
  await using server = await serve((_, response) => response.end('ok'));
  const realMs: number[] = [];
  const load = start({ url: server.url, amount: 300, sampleInt: 10 });
  load.on('response', (_client, _status, _bytes, ms) => realMs.push(ms));
  const { latency } = await load;
  expect(realMs).toHaveLength(300);
  expect(realMs.filter((ms) => !Number.isInteger(ms)).length).toBeGreaterThan(290);
  const { max, p50, p90 } = latency;
  const sorted = realMs.toSorted((a, b) => a - b).map(Math.floor);
  expect({ max, p50, p90 }).toEqual({ max: sorted[299], p50: sorted[149], p90: sorted[269] });
});

it.each([
  ['connectionRate', { connections: 1, connectionRate: 20 }],
  ['overallRate', { connections: 2, overallRate: 20 }],
])("its %s sends a whole second's quota as a burst", async (_name, rate) => {
  const arrivals: number[] = [];
  let stop = () => {};
  await using server = await serve((_, response) => {
    // Into the second second, so that both a burst and the pause before the next are seen.
    if (arrivals.push(performance.now()) === 40) stop();
    response.end('ok');
  });
  const load = start({ url: server.url, sampleInt: 10, duration: 60, ...rate });
  stop = load.stop;
  await load;
  const gaps = arrivals.slice(1).map((at, index) => at - arrivals[index]!);
  const nominalMs = 1_000 / 20;
  // Spaced requests would have next to no gap below half of the nominal one.
  const bunched = gaps.filter((gap) => gap < nominalMs / 2).length;
  expect(bunched / gaps.length).toBeGreaterThan(0.75);
});

it('its correction of coordinated omission expects a request every millisecond, whatever the rate', async () => {
  const requests = 10;
  await using server = await serve((_, response) => setTimeout(() => response.end('ok'), 50));
  const load = start({
    url: server.url,
    connectionRate: requests,
    amount: requests,
    sampleInt: 10,
  });
  const { latency, '2xx': answered } = await load;
  expect(answered).toBe(requests);
  // At 10 a second one is due every 100 ms: answers after 50 ms leave nothing out, and nothing is to be added.
  const { totalCount } = latency as typeof latency & { totalCount: number };
  expect(totalCount).toBeGreaterThan(requests * 20);
});

describe('a run ends on a tick of sampleInt', () => {
  it('stop() waits for the tick, a second long by default', async () => {
    await using server = await serve((_, response) => response.end('ok'));
    const { events } = await eventsOf({ url: server.url, duration: 60 }, (load) => load.stop());
    expect(events).toEqual(['response', 'reference', 'response', 'end']);
  });

  it('with a short sampleInt it ends soon', async () => {
    await using server = await serve((_, response) => response.end('ok'));
    const { events } = await eventsOf({ url: server.url, duration: 60, sampleInt: 10 }, (load) =>
      load.stop(),
    );
    expect(events).toEqual(['response', 'end', 'reference']);
  });

  it('a fixed amount of requests waits for it, too', async () => {
    await using server = await serve((_, response) => response.end('ok'));
    const { events, result } = await eventsOf({ url: server.url, amount: 5 }, () => undefined);
    expect(events).toEqual(['response', 'reference', 'end']);
    expect(result['2xx']).toBe(5);
  });
});

it('a connection that the server closes in place of an answer is opened anew without a word', async () => {
  let requests = 0;
  await using server = await serve((request, response) => {
    requests += 1;
    if (requests % 10 === 0) request.socket.end();
    else response.end('ok');
  });
  let complaints = 0;
  const load = start({ url: server.url, amount: 100, sampleInt: 10 });
  load.on('reqError', () => {
    complaints += 1;
  });
  const { errors, '2xx': answered } = await load;
  expect({ requests, answered }).toEqual({ requests: 100, answered: 90 });
  expect({ complaints, errors }).toEqual({ complaints: 0, errors: 0 });
});
