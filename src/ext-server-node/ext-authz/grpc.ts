import { type Server, type ServerUnaryCall, type sendUnaryData, status } from '@grpc/grpc-js';
import { type Counts, countCheck } from '../counts.js';
import { answeredEncoded } from '../grpc/protos.js';
import { parseJob } from '../jobs/config.js';
import { linked, linkHeader, noSuchLink } from '../jobs/links.js';
import { asHeaderBytes } from '../jobs/table.js';
import { checksOf } from './check.js';
import { checkMethod, grpcWording } from './grpc-wording.js';

/** What is read of Envoy's checks; fields of nothing are left away. */
interface CheckRequest {
  readonly attributes?: { readonly request?: { readonly http?: HttpRequest } };
}

interface HttpRequest {
  /** `encode_raw_headers` in Envoy's configuration chooses between the two. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly header_map?: {
    readonly headers?: readonly { readonly key?: string; readonly raw_value?: Buffer }[];
  };
  /** `pack_as_bytes` chooses between the two. */
  readonly body?: string;
  readonly raw_body?: Buffer;
}

/** Makes `server` an authorization server that does the job of `jobText`. */
export function addChecker(server: Server, jobText: string, counts: Counts): void {
  const checks = linked(jobText, (text) => checksOf(parseJob(text), grpcWording));
  const Check = (call: ServerUnaryCall<CheckRequest, Buffer>, respond: sendUnaryData<Buffer>) => {
    const link = checks.isChain ? call.metadata.get(linkHeader)[0]?.toString() : undefined;
    const ofLink = checks.of(link);
    if (!ofLink) {
      respond({ code: status.INVALID_ARGUMENT, details: noSuchLink });
      return;
    }
    const { lookup, needsBody, check } = ofLink;
    const http = call.request.attributes?.request?.http ?? {};
    const { answer, denied } = check(
      lookup === null ? undefined : headerValue(lookup, http),
      needsBody ? bodyOf(http) : undefined,
    );
    countCheck(counts, denied);
    respond(null, answer);
  };
  server.addService({ Check: answeredEncoded<CheckRequest>(checkMethod) }, { Check });
}

function headerValue(name: string, { headers, header_map: map }: HttpRequest): string | undefined {
  if (map) {
    const header = map.headers?.find(({ key }) => key === name);
    return header && (header.raw_value?.toString('latin1') ?? '');
  }
  const value = headers?.[name];
  return value === undefined ? undefined : asHeaderBytes(value);
}

function bodyOf({ raw_body: raw, body }: HttpRequest): Buffer | undefined {
  return raw ?? (body === undefined ? undefined : Buffer.from(body));
}
