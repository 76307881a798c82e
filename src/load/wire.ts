import type { TcpAddress } from '../runtime/types.js';
import type { WireRequest } from './slice.js';

/** A request ready to be written, with what is checked of its answer. */
export interface EncodedRequest {
  readonly bytes: Buffer;
  readonly expect: WireRequest['expect'];
}

/** The bytes of a request (RFC 9112), with the same lines that autocannon writes. */
export function encodeRequest(
  { method, path, headers, expect }: WireRequest,
  target: TcpAddress,
): EncodedRequest {
  const names = Object.keys(headers).map((name) => name.toLowerCase());
  const lines = [`${method} ${path} HTTP/1.1`];
  if (!names.includes('host')) lines.push(`Host: ${target.host}:${target.port}`);
  lines.push('Connection: keep-alive');
  for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`);
  return { bytes: Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'utf8'), expect };
}
