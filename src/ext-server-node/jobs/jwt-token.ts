/** How a token says that it is signed. */
export interface TokenHeader {
  readonly alg: string;
  /** Empty where it names no key. */
  readonly kid: string;
}

/** The claims that are looked at; a text that is missing is empty. */
export interface Claims {
  readonly iss: string;
  readonly sub: string;
  readonly aud: readonly unknown[];
  /** In seconds since 1970. */
  readonly exp: number | undefined;
  readonly nbf: number | undefined;
}

/** A token in its parts (RFC 7515, compact serialisation); none of it is to be trusted yet. */
export interface Token {
  readonly header: TokenHeader;
  readonly claims: Claims;
  /** What the signature is of. */
  readonly signed: Buffer;
  readonly signature: Buffer;
}

const shape = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/;
// What a last character may be where it has bits to spare: they must be 0 (RFC 4648, section 3.5).
const lastOfTwo = /[AQgw]$/;
const lastOfThree = /[AEIMQUYcgkosw048]$/;

/** Reads a token; null where it is none. */
export function readToken(text: string): Token | null {
  if (!shape.test(text) || !text.split('.').every(isCanonical)) return null;
  const headerEnd = text.indexOf('.');
  const claimsEnd = text.indexOf('.', headerEnd + 1);
  const header = headerOf(parse(text.slice(0, headerEnd)));
  const claims = header && claimsOf(parse(text.slice(headerEnd + 1, claimsEnd)));
  if (!claims) return null;
  return {
    header,
    claims,
    signed: Buffer.from(text.slice(0, claimsEnd), 'latin1'),
    signature: Buffer.from(text.slice(claimsEnd + 1), 'base64url'),
  };
}

/** By how much clocks may differ; Envoy's own filter has the same default. */
const clockSkewS = 60;

/** Whether a token is valid at `now`, in seconds since 1970. One that never ends is not. */
export function isTimely({ exp, nbf = 0 }: Claims, now: number): boolean {
  return exp !== undefined && now <= exp + clockSkewS && nbf >= 0 && now + clockSkewS >= nbf;
}

function isCanonical(part: string): boolean {
  const rest = part.length % 4;
  if (rest === 0) return true;
  return rest === 2 ? lastOfTwo.test(part) : rest === 3 && lastOfThree.test(part);
}

type Members = Readonly<Record<string, unknown>>;

function parse(part: string): Members | null {
  try {
    const json: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return json === null || typeof json !== 'object' || Array.isArray(json) ? null : (json as Members);
  } catch {
    return null;
  }
}

function headerOf(json: Members | null): TokenHeader | null {
  if (!json) return null;
  const { alg, kid = '' } = json;
  return typeof alg === 'string' && typeof kid === 'string' ? { alg, kid } : null;
}

function claimsOf(json: Members | null): Claims | null {
  if (!json) return null;
  const { iss = '', sub = '', aud = [], exp, nbf } = json;
  if (typeof iss !== 'string' || typeof sub !== 'string' || !isTime(exp) || !isTime(nbf)) return null;
  const audiences: readonly unknown[] | null = typeof aud === 'string' ? [aud] : listOf(aud);
  return audiences && { iss, sub, aud: audiences, exp, nbf };
}

function isTime(value: unknown): value is number | undefined {
  return value === undefined || (typeof value === 'number' && Number.isFinite(value));
}

function listOf(value: unknown): readonly unknown[] | null {
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : null;
}
