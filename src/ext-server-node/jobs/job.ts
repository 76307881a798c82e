/** A header to set, replacing every value the message already has under that name. */
export interface Header {
  /** Lower-case name. */
  readonly name: string;
  /** The one value the message ends up with. */
  readonly value: string;
}

/** A reply sent to the client in place of passing its request on; Envoy adds `content-type: text/plain`. */
export interface Denial {
  readonly status: number;
  readonly body: string;
}

/** What to do with a request once its headers are known. */
export type HeadersAction =
  | { readonly kind: 'set'; readonly headers: readonly Header[] }
  | { readonly kind: 'deny'; readonly denial: Denial };

/** What to do with a message once its whole body is known. */
export type BodyAction =
  | { readonly kind: 'continue' }
  /** Of requests only: the route is chosen again by this header. */
  | { readonly kind: 'set'; readonly header: Header }
  /** Of requests only. */
  | { readonly kind: 'deny'; readonly denial: Denial }
  /** The new body is these parts in order, so that none need be copied together. */
  | { readonly kind: 'replace'; readonly parts: readonly Buffer[] };

/** Looks at a whole body, which is the job's own: it may be changed in place. */
export type BodyJob = (body: Buffer) => BodyAction;

/** What a request's headers decide: by the value of one of them, or always the same. */
export interface HeadersDecision {
  /** The one header that is looked at; null: none. */
  readonly lookup: string | null;
  /** What is done by that header's value, whose bytes are the text's characters. */
  readonly known: ReadonlyMap<string, HeadersAction>;
  /** What is done by a value that is not known ahead. */
  readonly judge?: (value: string) => HeadersAction;
  /** What is done where the header is missing, and by any other value. */
  readonly otherwise: HeadersAction;
}

/** A configured job: what can be known before the first request is data, so that a protocol can word it ahead. */
export interface Job {
  readonly name: string;
  readonly onRequestHeaders: HeadersDecision;
  /** Set on every response. */
  readonly responseHeaders: readonly Header[];
  /** Null where the job needs to see no such body. */
  readonly onRequestBody: BodyJob | null;
  readonly onResponseBody: BodyJob | null;
  /** Whether bodies may come out other than they went in. */
  readonly changesBodies: boolean;
}

/** The body goes on as it is. */
export const unchanged: BodyAction = { kind: 'continue' };

/** The body of a message that has none. */
export const emptyBody = Buffer.alloc(0);

/** What every request gets whose headers do not matter: these set on it. */
export function always(...headers: readonly Header[]): HeadersDecision {
  return { lookup: null, known: new Map(), otherwise: { kind: 'set', headers } };
}

/** What a request gets whose headers are `value` under the decision's name. */
export function decide(
  { known, judge, otherwise }: HeadersDecision,
  value: string | undefined,
): HeadersAction {
  if (value === undefined) return otherwise;
  return known.get(value) ?? judge?.(value) ?? otherwise;
}
