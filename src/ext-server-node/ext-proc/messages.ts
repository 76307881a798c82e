import { loadMethod } from '../grpc/protos.js';

/** The method that Envoy calls: one stream a client request, one message a phase. */
export const processMethod = loadMethod(
  'envoy/service/ext_proc/v3/external_processor.proto',
  'envoy.service.ext_proc.v3.ExternalProcessor',
  'Process',
);

/** A header as Envoy sends it; a runtime flag of its own says which of the two values it fills. */
export interface HeaderValue {
  readonly key?: string;
  readonly value?: string;
  readonly raw_value?: Buffer;
}

/** What is read of a message's headers. */
export interface HttpHeaders {
  readonly headers?: { readonly headers?: readonly HeaderValue[] };
  /** Whether no body follows. */
  readonly end_of_stream?: boolean;
}

/** What is read of a message's body. */
export interface HttpBody {
  readonly body?: Buffer;
  /** Whether this is all of it. */
  readonly end_of_stream?: boolean;
}

/** What is read of Envoy's messages; fields of nothing are left away. */
export type ProcessingRequest =
  | { readonly request: 'request_headers'; readonly request_headers: HttpHeaders }
  | { readonly request: 'response_headers' }
  | { readonly request: 'request_body'; readonly request_body: HttpBody }
  | { readonly request: 'response_body'; readonly response_body: HttpBody }
  | { readonly request?: 'request_trailers' | 'response_trailers' };
