import { type BodySource, buildBody } from '../scenarios/bodies.js';

const made = new Map<string, Buffer>();

/** The bytes of a body. What is made from a description is made once in a process: some ms for a MiB. */
export function bodyBytes(body: BodySource): Buffer {
  if (typeof body === 'string') return Buffer.from(body, 'utf8');
  const key = JSON.stringify(body);
  const known = made.get(key);
  if (known) return known;
  const bytes = Buffer.from(buildBody(body), 'latin1');
  made.set(key, bytes);
  return bytes;
}
