import type { TcpAddress } from '../runtime/types.js';
import { bodyBytes } from './body-bytes.js';
import type { WireRequest } from './slice.js';

/** A request ready to be written, with what is checked of its answer. */
export interface EncodedRequest {
  readonly bytes: Buffer;
  readonly expect: WireRequest['expect'];
}

/** The requests of a mix; those that are alike share their bytes. */
export function encodeRequests(requests: readonly WireRequest[], target: TcpAddress): EncodedRequest[] {
  const encoded = new Map<string, EncodedRequest>();
  return requests.map((request) => {
    const key = JSON.stringify(request);
    const known = encoded.get(key) ?? encodeRequest(request, target);
    encoded.set(key, known);
    return known;
  });
}

/** The bytes of a request (RFC 9112), with the same lines that autocannon writes. */
export function encodeRequest(
  { method, path, headers, body, expect }: WireRequest,
  target: TcpAddress,
): EncodedRequest {
  const names = Object.keys(headers).map((name) => name.toLowerCase());
  const content = body === undefined ? null : bodyBytes(body);
  const lines = [`${method} ${path} HTTP/1.1`];
  if (!names.includes('host')) lines.push(`Host: ${target.host}:${target.port}`);
  lines.push('Connection: keep-alive');
  if (content && !names.includes('content-length')) lines.push(`Content-Length: ${content.length}`);
  for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`);
  const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'utf8');
  return { bytes: content ? Buffer.concat([head, content]) : head, expect };
}
