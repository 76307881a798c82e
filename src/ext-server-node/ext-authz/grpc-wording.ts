import { status } from '@grpc/grpc-js';
import { loadMethod } from '../grpc/protos.js';
import type { Header } from '../jobs/job.js';
import type { Wording } from './check.js';

/** The method that Envoy calls: one check a client request. */
export const checkMethod = loadMethod(
  'envoy/service/auth/v3/external_auth.proto',
  'envoy.service.auth.v3.Authorization',
  'Check',
);

/** Encoded answers. */
export const grpcWording: Wording<Buffer> = {
  pass(request, response) {
    if (request.length === 0 && response.length === 0) return encode({ status: {} });
    return encode({
      status: {},
      ok_response: { headers: request.map(setHeader), response_headers_to_add: response.map(setHeader) },
    });
  },
  deny({ status: code, body }) {
    const reason = code === 401 ? status.UNAUTHENTICATED : status.PERMISSION_DENIED;
    // Envoy itself adds `content-type: text/plain` to a local reply.
    return encode({ status: { code: reason }, denied_response: { status: { code }, body } });
  },
};

function setHeader({ name, value }: Header): object {
  return { header: { key: name, value }, append_action: 'OVERWRITE_IF_EXISTS_OR_ADD' };
}

function encode(response: object): Buffer {
  return checkMethod.responseSerialize(response);
}
