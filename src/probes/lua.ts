import { ask } from './ask.js';
import { inPlace, type Place, startProbed } from './place.js';
import { type Probe, probeOf } from './probe.js';
import { openHttp } from './servers/http.js';

const claims = ['cap-lua-inline'];
const get = { method: 'GET', headers: {} };

const scriptFile = 'probe.lua';
const script = `function envoy_on_request(handle)
  handle:headers():replace("x-lua", "file")
end
`;

function loading(kind: 'inline' | 'file'): Probe {
  const question = `does a script that is ${kind === 'inline' ? 'inline' : 'a file'} load and run?`;
  return probeOf({ id: `lua/${kind}`, claims, question }, (parts) =>
    inPlace(parts, async (place) => {
      await using envoy = await startProbed(place, {
        fragment: `lua-${kind}`,
        ...(kind === 'file' && {
          files: { [scriptFile]: script },
          variables: (inside) => ({ script: inside.file(scriptFile) }),
        }),
      });
      const asked = await ask(place, envoy, get);
      return {
        facts: { works: asked.upstream?.headers['x-lua'] === kind, status: asked.client?.status ?? null },
        exchanges: [asked.exchange()],
        config: envoy.config,
        log: envoy.log(),
      };
    }),
  );
}

const others = 20;
const patienceMs = 60_000;

const waits = probeOf(
  {
    id: 'lua/waits',
    claims,
    question: 'while a script waits for an HTTP call, does its worker serve other requests?',
  },
  (parts) => inPlace(parts, (place) => whileOneWaits(place)),
);

async function whileOneWaits(place: Place) {
  const called = settler();
  const released = settler();
  // It answers only when the others were served: had the worker been blocked, none of them would have been.
  await using slow = await openHttp(async () => {
    called.settle();
    await released.promise;
    return { status: 200, body: 'the slow one' };
  });
  await using envoy = await startProbed(place, { fragment: 'lua-waits', server: slow.address });
  const { host, port } = envoy.listener;
  let firstAnswered = false;
  const first = fetch(`http://${host}:${port}/__probe`, {
    headers: { 'x-wait': 'yes' },
    signal: AbortSignal.any([AbortSignal.timeout(patienceMs), place.signal]),
  }).then(async (response) => {
    firstAnswered = true;
    return { status: response.status, body: await response.text() };
  });
  first.catch(() => undefined);
  await Promise.race([called.promise, first]);
  const asked = [];
  for (let index = 0; index < others; index += 1) asked.push(await ask(place, envoy, get));
  const answeredBefore = asked.filter(({ client }) => client?.status === 200).length;
  const waited = !firstAnswered && slow.seen.length === 1;
  released.settle();
  const { status, body } = await first;
  const waitedFor = body.includes('the slow one');
  return {
    facts: {
      works: waited && answeredBefore === others && status === 200 && waitedFor,
      workers: 1,
      othersSent: others,
      othersAnsweredMeanwhile: answeredBefore,
      firstStillWaited: waited,
      firstWentOnAfterwards: status === 200 && waitedFor,
    },
    exchanges: [
      {
        request: { method: 'GET', path: '/__probe', headers: { 'x-wait': 'yes' } },
        client: { status, body },
        upstream: null,
        server: slow.seen,
      },
      ...asked.slice(0, 1).map((one) => one.exchange()),
    ],
    config: envoy.config,
    log: envoy.log(),
  };
}

function settler(): { readonly promise: Promise<void>; settle(): void } {
  let settle = () => {};
  const promise = new Promise<void>((resolve) => {
    settle = resolve;
  });
  return { promise, settle };
}

/** How Lua scripts are given, and that they wait without holding up their worker. */
export const luaProbes: readonly Probe[] = [loading('inline'), loading('file'), waits];
