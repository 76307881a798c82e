import type { Denial, HeadersAction, Job } from './job.js';

/** The reply to a missing or unknown key: what Envoy's own `api_key_auth` answers. */
export const unauthenticated: Denial = { status: 401, body: 'Client authentication failed.' };

/** Lets those pass whose `header` is a key of `table`, and tells the upstream under `set` what the table says of it. */
export function tableJob(
  name: string,
  { header, set, table }: { header: string; set: string; table: Readonly<Record<string, string>> },
): Job {
  const known = new Map(
    Object.entries(table).map(([key, value]): [string, HeadersAction] => [
      asHeaderBytes(key),
      { kind: 'set', headers: [{ name: set, value }] },
    ]),
  );
  return {
    name,
    onRequestHeaders: { lookup: header, known, otherwise: { kind: 'deny', denial: unauthenticated } },
    responseHeaders: [],
    onRequestBody: null,
    onResponseBody: null,
    changesBodies: false,
  };
}

/** A text as its UTF-8 bytes, a character each: what the bytes of a header's value are looked up by. */
export function asHeaderBytes(text: string): string {
  return Buffer.from(text).toString('latin1');
}
