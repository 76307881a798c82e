import { fieldsOf } from '../ext-server-node/grpc/protos.js';
import { type Asked, ask, plainAnswer } from './ask.js';
import { inPlace, startProbed } from './place.js';
import { type Probe, probeOf } from './probe.js';
import { openAuthzGrpc } from './servers/authz-grpc.js';
import { openHttp } from './servers/http.js';

const requestOnly = 'cap-extauthz-request-only';
const transports = 'cap-ext-grpc-http';

const request = { method: 'POST', headers: { 'x-from': 'client' }, body: 'from the client' };

const set = (key: string, value: string) => ({ header: { key, value } });
const allowing = {
  status: {},
  ok_response: {
    headers: [set('x-for-upstream', 'yes')],
    response_headers_to_add: [set('x-for-client', 'yes')],
  },
};

/** What an answer that allows a request may hold, going by Envoy's protobufs. */
const okFields = () =>
  fieldsOf('envoy/service/auth/v3/external_auth.proto', 'envoy.service.auth.v3.OkHttpResponse');

const overGrpc = probeOf(
  {
    id: 'ext-authz/response-headers',
    claims: [requestOnly, transports],
    question: 'can a check over gRPC that allows a request add headers to its response?',
  },
  (parts) =>
    inPlace(parts, async (place) => {
      await using server = await openAuthzGrpc(allowing);
      await using envoy = await startProbed(place, { fragment: 'ext-authz-grpc', server: server.address });
      const asked = await ask(place, envoy, request);
      return {
        facts: {
          ...ofAnswer(asked),
          asksPerRequest: server.seen.length,
          okResponseFields: okFields().join(' '),
        },
        exchanges: [asked.exchange(server.seen)],
        config: envoy.config,
        log: envoy.log(),
      };
    }),
);

const requestBody = probeOf(
  {
    id: 'ext-authz/request-body',
    claims: [requestOnly],
    question: 'does a check see the request body, where it is asked for?',
  },
  (parts) =>
    inPlace(parts, async (place) => {
      await using server = await openAuthzGrpc(allowing);
      await using envoy = await startProbed(place, { fragment: 'ext-authz-grpc', server: server.address });
      const asked = await ask(place, envoy, { ...request, pieces: 3 });
      return {
        facts: {
          works: server.seen.some(({ body }) => body === request.body),
          bodySeen: server.seen[0]?.body ?? null,
          upstreamGotItUnchanged: asked.upstream?.body === request.body,
        },
        exchanges: [asked.exchange(server.seen)],
        config: envoy.config,
        log: envoy.log(),
      };
    }),
);

const bodies = probeOf(
  {
    id: 'ext-authz/response-body',
    claims: [requestOnly],
    question: 'can a check change a body, or see a response?',
  },
  (parts) =>
    inPlace(parts, async (place) => {
      // Over HTTP an answer has a body: whether it is used at all can be seen.
      await using server = await openHttp(() => ({ status: 200, body: 'from the check' }));
      await using envoy = await startProbed(place, { fragment: 'ext-authz-http', server: server.address });
      const asked = await ask(place, envoy, request);
      const clientBody = asked.client?.body ?? null;
      return {
        facts: {
          works: clientBody === 'from the check' || asked.upstream?.body === 'from the check',
          requestBodyChanged: asked.upstream === null ? null : asked.upstream.body !== request.body,
          responseBodyChanged: clientBody === null ? null : clientBody !== plainAnswer.body,
          responseSeen: server.seen.some((seen) => JSON.stringify(seen).includes(plainAnswer.body)),
          asksPerRequest: server.seen.length,
        },
        exchanges: [asked.exchange(server.seen)],
        config: envoy.config,
        log: envoy.log(),
      };
    }),
);

const overHttp = probeOf(
  {
    id: 'ext-authz/http',
    claims: [transports, requestOnly],
    question: 'can the same check be asked over HTTP/1.1?',
  },
  (parts) =>
    inPlace(parts, async (place) => {
      const headers = { 'x-for-upstream': 'yes', 'x-for-client': 'yes' };
      const denied = { status: 403, body: 'the check says no' };
      await using server = await openHttp(({ headers: { 'x-from': from } }) =>
        from === undefined ? denied : { status: 200, headers, body: '' },
      );
      await using envoy = await startProbed(place, { fragment: 'ext-authz-http', server: server.address });
      const allowed = await ask(place, envoy, request);
      const seen = [...server.seen];
      const refused = await ask(place, envoy, { method: 'GET', headers: {} });
      return {
        facts: {
          ...ofAnswer(allowed),
          deniedStatus: refused.client?.status ?? null,
          deniedReachedUpstream: refused.upstream !== null,
        },
        exchanges: [allowed.exchange(seen), refused.exchange(server.seen.slice(seen.length))],
        config: envoy.config,
        log: envoy.log(),
      };
    }),
);

function ofAnswer({ client, upstream }: Asked) {
  const toClient = client?.status === 200 && client.headers['x-for-client'] === 'yes';
  const toUpstream = upstream?.headers['x-for-upstream'] === 'yes';
  return { works: toClient && toUpstream, responseHeaderSet: toClient, requestHeaderSet: toUpstream };
}

/** What ext_authz sees and changes, over both of its transports. */
export const extAuthzProbes: readonly Probe[] = [overGrpc, requestBody, bodies, overHttp];
