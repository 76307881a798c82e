import { createPublicKey, type KeyObject, type VerifyKeyObjectInput, verify } from 'node:crypto';
import { z } from 'zod';
import type { HeadersAction, Job } from './job.js';
import { isTimely, readToken, type TokenHeader } from './jwt-token.js';

const number = z.string().regex(/^[A-Za-z0-9_-]+$/, 'must be base64url');
const rsaKey = z.strictObject({
  kty: z.literal('RSA'),
  kid: z.string(),
  alg: z.literal('RS256'),
  n: number,
  e: number,
});
const ecKey = z.strictObject({
  kty: z.literal('EC'),
  kid: z.string(),
  alg: z.literal('ES256'),
  crv: z.literal('P-256'),
  x: number,
  y: number,
});
const fewestRsaBits = 2_048;

/** Public keys as a JSON Web Key Set lists them (RFC 7517), each for one algorithm and ready to verify with. */
export const keysSchema = z
  .array(
    z.discriminatedUnion('kty', [rsaKey, ecKey]).transform(({ kid, alg, ...jwk }, context): Key => {
      const key = importKey(jwk);
      if (key) return { kid, alg, key };
      context.addIssue(`"${kid}" is no public key of its kind`);
      return z.NEVER;
    }),
  )
  .min(1);

interface Key {
  readonly kid: string;
  readonly alg: string;
  readonly key: KeyObject | VerifyKeyObjectInput;
}

function importKey({ kty, ...rest }: { readonly kty: string }): Key['key'] | null {
  try {
    const key = createPublicKey({ key: { kty, ...rest }, format: 'jwk' });
    if (kty === 'EC') return { key, dsaEncoding: 'ieee-p1363' };
    return (key.asymmetricKeyDetails?.modulusLength ?? 0) < fewestRsaBits ? null : key;
  } catch {
    return null;
  }
}

const scheme = 'Bearer ';
const digest = 'sha256';
// Without a body, as Envoy's own `jwt_authn` answers if it is told to give no reasons.
const invalid: HeadersAction = { kind: 'deny', denial: { status: 401, body: '' } };
const wrongAudience: HeadersAction = { kind: 'deny', denial: { status: 403, body: '' } };
// An empty value would read as "remove", and a line break would add a header of the token's choice.
const headerValue = /^[ -~]+$/;

/** Lets those pass whose `authorization` holds a valid token, and tells the upstream under `x-client-id` whose it is. */
export function jwtJob({
  issuer,
  audience,
  keys,
}: {
  readonly issuer: string;
  readonly audience: string;
  readonly keys: readonly Key[];
}): Job {
  const isSigned = ({ alg, kid }: TokenHeader, signed: Buffer, signature: Buffer) =>
    keys.some(
      (key) =>
        key.alg === alg && (kid === '' || kid === key.kid) && verify(digest, signed, key.key, signature),
    );
  // The signature comes last, as in Envoy's own filter: it costs most.
  const judge = (authorization: string): HeadersAction => {
    const token = authorization.startsWith(scheme) ? readToken(authorization.slice(scheme.length)) : null;
    if (!token) return invalid;
    const { header, claims, signed, signature } = token;
    if (claims.iss !== issuer || !isTimely(claims, Math.floor(Date.now() / 1_000))) return invalid;
    if (!claims.aud.includes(audience)) return wrongAudience;
    if (!headerValue.test(claims.sub) || !isSigned(header, signed, signature)) return invalid;
    return { kind: 'set', headers: [{ name: 'x-client-id', value: claims.sub }] };
  };
  return {
    name: 'jwt',
    onRequestHeaders: { lookup: 'authorization', known: new Map(), judge, otherwise: invalid },
    responseHeaders: [],
    onRequestBody: null,
    onResponseBody: null,
    changesBodies: false,
  };
}
