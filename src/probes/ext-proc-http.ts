import { refusalWords, withBareFileNames } from '../compat/envoy-log.js';
import { validateConfig } from '../envoy/running.js';
import { ask } from './ask.js';
import { inPlace, specOf, startProbed } from './place.js';
import { type Probe, probeOf } from './probe.js';
import { openHttp, type RequestSeen } from './servers/http.js';

const claims = ['cap-ext-grpc-http'];

/** What the processor says in JSON: a header on each way, and nothing to other phases. */
function answer({ body }: RequestSeen) {
  const phase = ['request_headers', 'response_headers'].find((name) => body.includes(`"${name}"`));
  const header = { key: 'x-from-processor', raw_value: Buffer.from('yes').toString('base64') };
  const response = { header_mutation: { set_headers: [{ header }] } };
  return {
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(phase === undefined ? {} : { [phase]: { response } }),
  };
}

const headersOnly = probeOf(
  { id: 'ext-proc/http-headers', claims, question: 'can a processor over HTTP change headers each way?' },
  (parts) =>
    inPlace(parts, async (place) => {
      await using server = await openHttp(answer);
      await using envoy = await startProbed(place, {
        fragment: 'ext-proc-http',
        server: server.address,
        variables: () => ({ request_body_mode: 'NONE', response_body_mode: 'NONE' }),
      });
      const asked = await ask(place, envoy, { method: 'POST', headers: {}, body: 'from the client' });
      const requestHeaderSet = asked.upstream?.headers['x-from-processor'] === 'yes';
      const responseHeaderSet = asked.client?.headers['x-from-processor'] === 'yes';
      return {
        facts: {
          works: requestHeaderSet && responseHeaderSet,
          requestHeaderSet,
          responseHeaderSet,
          asksPerRequest: server.seen.length,
          workInProgress: envoy.log().includes("http_service' is marked as work-in-progress"),
          bodySeen: server.seen.some(({ body }) => /"(request|response)_body"/.test(body)),
        },
        exchanges: [asked.exchange(server.seen)],
        config: envoy.config,
        log: envoy.log(),
      };
    }),
);

function withBody(side: 'request' | 'response', mode: string): Probe {
  const id = `ext-proc/http-${side}-body-${mode.toLowerCase()}`;
  const question = `does Envoy take a processor over HTTP that asks for ${mode} ${side} bodies?`;
  return probeOf({ id, claims, question }, (parts) =>
    inPlace(parts, async (place) => {
      const { spec, config } = await specOf(place, {
        fragment: 'ext-proc-http',
        server: { host: '127.0.0.1', port: 1 },
        variables: () => ({
          request_body_mode: side === 'request' ? mode : 'NONE',
          response_body_mode: side === 'response' ? mode : 'NONE',
        }),
      });
      const { accepted, output } = await validateConfig(place.runtime, spec, place.signal);
      return {
        facts: { works: accepted, accepted },
        words: accepted ? null : refusalWords(output),
        config: config(),
        log: withBareFileNames(output),
      };
    }),
  );
}

/** ext_proc without gRPC. */
export const extProcHttpProbes: readonly Probe[] = [
  headersOnly,
  withBody('request', 'BUFFERED'),
  withBody('request', 'STREAMED'),
  withBody('response', 'BUFFERED'),
];
