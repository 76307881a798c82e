import type { Denial, Header } from '../jobs/job.js';
import type { BodyPhase } from './body-mutation.js';
import { processMethod } from './messages.js';

/** A phase as Envoy names it. */
export type Phase = 'request_headers' | 'response_headers' | BodyPhase;

/** Goes on with `headers` set; with `newRoute` the route is chosen again by them. */
export function pass(phase: Phase, headers: readonly Header[], newRoute = false): Buffer {
  if (headers.length === 0) return encode({ [phase]: {} });
  return encode({
    [phase]: {
      response: {
        header_mutation: { set_headers: headers.map(setHeader) },
        ...(newRoute && { clear_route_cache: true }),
      },
    },
  });
}

/** The client gets this reply; Envoy itself adds `content-type: text/plain`. */
export function deny({ status, body }: Denial): Buffer {
  return encode({ immediate_response: { status: { code: status }, body: Buffer.from(body) } });
}

function setHeader({ name, value }: Header): object {
  return {
    header: { key: name, raw_value: Buffer.from(value) },
    append_action: 'OVERWRITE_IF_EXISTS_OR_ADD',
  };
}

function encode(response: object): Buffer {
  return processMethod.responseSerialize(response);
}
