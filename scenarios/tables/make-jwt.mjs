// Makes what the scenario `jwt` needs: `node scenarios/tables/make-jwt.mjs` prints its key set and the token of each of
// its cases; with `--tables` it also writes the tokens of the load, 100 of each algorithm.
//
// To add a case, describe its token in `tokens` below, run this, and paste what it prints into scenarios/jwt.yaml. The
// private keys come out of the words in `secrets`, so anyone can sign with them: they protect nothing. ES256 has other
// signatures each time, all of them valid.
import {
  checkPrimeSync,
  createECDH,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  sign,
} from 'node:crypto';
import { writeFileSync } from 'node:fs';

const secrets = { ours: 'filterbench', foreign: 'somebody else' };

const publicExponent = 65_537n;
const rsaBits = 2_048;

/** The same prime for the same words, on every machine. */
function primeOf(words) {
  const bytes = createHash('shake256', { outputLength: rsaBits / 16 })
    .update(words)
    .digest();
  // So large that two of them make all bits of a modulus.
  bytes[0] |= 0xc0;
  bytes[bytes.length - 1] |= 1;
  let candidate = BigInt(`0x${bytes.toString('hex')}`);
  while (!checkPrimeSync(candidate) || (candidate - 1n) % publicExponent === 0n) candidate += 2n;
  return candidate;
}

/** The inverse of `value`, by Euclid's algorithm. */
function inverse(value, modulus) {
  let [rest, next] = [modulus, value % modulus];
  let [factor, nextFactor] = [0n, 1n];
  while (next > 0n) {
    const times = rest / next;
    [rest, next] = [next, rest - times * next];
    [factor, nextFactor] = [nextFactor, factor - times * nextFactor];
  }
  return ((factor % modulus) + modulus) % modulus;
}

function base64url(number) {
  const hex = number.toString(16);
  return Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex').toString('base64url');
}

function rsaKey(words) {
  const [p, q] = [primeOf(`${words}, p`), primeOf(`${words}, q`)];
  const d = inverse(publicExponent, (p - 1n) * (q - 1n));
  const numbers = {
    n: p * q,
    e: publicExponent,
    d,
    p,
    q,
    dp: d % (p - 1n),
    dq: d % (q - 1n),
    qi: inverse(q, p),
  };
  const texts = Object.entries(numbers).map(([name, number]) => [name, base64url(number)]);
  return createPrivateKey({ key: { kty: 'RSA', ...Object.fromEntries(texts) }, format: 'jwk' });
}

function ecKey(words) {
  const pair = createECDH('prime256v1');
  pair.setPrivateKey(createHash('sha256').update(words).digest());
  const point = pair.getPublicKey();
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString('base64url'));
  const key = { kty: 'EC', crv: 'P-256', d: pair.getPrivateKey('base64url'), x, y };
  return createPrivateKey({ key, format: 'jwk' });
}

const rsa = rsaKey(secrets.ours);
const ec = ecKey(secrets.ours);
const foreignRsa = rsaKey(secrets.foreign);
const foreignEc = ecKey(secrets.foreign);

const rs256 = { alg: 'RS256', typ: 'JWT', kid: 'rsa-1' };
const es256 = { alg: 'ES256', typ: 'JWT', kid: 'ec-1' };

const claims = {
  iss: 'https://issuer.filterbench.test',
  aud: 'filterbench',
  sub: 'client-0000',
  // The beginning of 2026, and of 2100.
  iat: 1_767_225_600,
  exp: 4_102_444_800,
};

const encoded = (part) =>
  Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url');

function token(header, payload, signer) {
  const signed = `${encoded(header)}.${encoded(payload)}`;
  return `${signed}.${signer(Buffer.from(signed)).toString('base64url')}`;
}

const byRsa = (data) => sign('sha256', data, rsa);
const byEc = (data) => sign('sha256', data, { key: ec, dsaEncoding: 'ieee-p1363' });
const byForeignRsa = (data) => sign('sha256', data, foreignRsa);
const byForeignEc = (data) => sign('sha256', data, { key: foreignEc, dsaEncoding: 'ieee-p1363' });
const inDer = (data) => sign('sha256', data, ec);
const byNobody = () => Buffer.alloc(0);
const zeros = () => Buffer.alloc(64);
// The public key, which everyone knows, as if it were a secret.
const publicKeyText = createPublicKey(rsa).export({ type: 'spki', format: 'pem' });
const byPublicKey = (data) => createHmac('sha256', publicKeyText).update(data).digest();

const without = (name) => ({ ...claims, [name]: undefined });
const good = token(es256, { ...claims, sub: 'client-0002' }, byEc);
const [goodHeader, goodPayload, goodSignature] = good.split('.');
const unusual = ` {"roles":[{"sub":"x"}],"exp":${claims.exp}.5,"nbf":1.7672256e9,
 "s\\u0075b":"client-\\u0030005","aud":"filterbench","iss":"https:\\/\\/issuer.filterbench.test"} `;
const changedPayload = encoded({ ...claims, sub: 'client-0001' });

const tokens = {
  rs256: token(rs256, { ...claims, sub: 'client-0001' }, byRsa),
  es256: good,
  'without a kid': token({ alg: 'ES256' }, { ...claims, sub: 'client-0003' }, byEc),
  'for several audiences': token(
    es256,
    { ...claims, sub: 'client-0004', aud: ['other', 'filterbench'] },
    byEc,
  ),
  'with claims in another order, escaped, and more of them': token(
    { kid: 'rsa-1', alg: 'RS256' },
    unusual,
    byRsa,
  ),
  'rs256 by a foreign key': token(rs256, claims, byForeignRsa),
  'es256 by a foreign key': token(es256, claims, byForeignEc),
  'changed after it was signed': `${goodHeader}.${changedPayload}.${goodSignature}`,
  'under an unknown kid': token({ ...es256, kid: 'ec-2' }, claims, byEc),
  'rs256 under the kid of the EC key': token({ ...rs256, kid: 'ec-1' }, claims, byRsa),
  'of alg none': token({ ...es256, alg: 'none' }, claims, byNobody),
  'of alg none, with a signature': token({ ...es256, alg: 'none' }, claims, byEc),
  'hs256 by the public key as secret': token({ ...rs256, alg: 'HS256' }, claims, byPublicKey),
  'rs512, which the key is not for': token({ ...rs256, alg: 'RS512' }, claims, (data) =>
    sign('sha512', data, rsa),
  ),
  'es256 with a signature in DER': token(es256, claims, inDer),
  'es256 with a signature of zeros': token(es256, claims, zeros),
  expired: token(es256, { ...claims, exp: 1_577_836_800 }, byEc),
  'that never expires': token(es256, without('exp'), byEc),
  'not yet valid': token(es256, { ...claims, nbf: claims.exp - 1 }, byEc),
  'of another issuer': token(es256, { ...claims, iss: 'https://issuer.filterbench.test.evil.test' }, byEc),
  'of no issuer': token(es256, without('iss'), byEc),
  'for another audience': token(es256, { ...claims, aud: 'other' }, byEc),
  'for no audience': token(es256, without('aud'), byEc),
  'without a subject': token(es256, without('sub'), byEc),
  'with a line break in its subject': token(es256, { ...claims, sub: 'client\r\nx-admin: 1' }, byEc),
  'with a number as subject': token(es256, { ...claims, sub: 1 }, byEc),
  'with claims that are no JSON': token(es256, JSON.stringify(claims).slice(0, -1), byEc),
  'with claims that are no object': token(es256, '["sub"]', byEc),
  'with a header that is no JSON': token('alg=ES256', claims, byEc),
  'with a character that base64url has not': `${goodHeader}.${goodPayload.slice(0, 8)}*${goodPayload.slice(9)}.${goodSignature}`,
  'with bits to spare at its end that are not 0': `${good.slice(0, -1)}${{ A: 'B', Q: 'R', g: 'h', w: 'x' }[good.at(-1)]}`,
  'with a number as subject, for another audience': token(es256, { ...claims, sub: 1, aud: 'other' }, byEc),
  'without an alg, for another audience': token({ kid: 'ec-1' }, { ...claims, aud: 'other' }, byEc),
  'of two parts': `${goodHeader}.${goodPayload}`,
  'of four parts': `${good}.${goodSignature}`,
};

/** Keys as a key set names them, without what is private. */
function publicJwk(key, { alg, kid }) {
  const { kty, ...rest } = createPublicKey(key).export({ format: 'jwk' });
  return { kty, kid, alg, ...rest };
}

const tokensOfEach = 100;

/** A table of the load: a header's value → the subject that its token names. */
function table(header, signer, first) {
  const numbers = Array.from({ length: tokensOfEach }, (_, index) => first + index);
  const subjects = numbers.map((number) => `client-${String(number).padStart(4, '0')}`);
  return Object.fromEntries(
    subjects.map((sub) => [`Bearer ${token(header, { ...claims, sub }, signer)}`, sub]),
  );
}

function write(name, content) {
  writeFileSync(new URL(name, import.meta.url), `${JSON.stringify(content, null, 2)}\n`);
}

if (process.argv.includes('--tables')) {
  write('jwt-rs256.json', table(rs256, byRsa, 1_001));
  write('jwt-es256.json', table(es256, byEc, 2_001));
}
const lines = Object.entries(tokens).map(([name, text]) => `${name}\n  ${text}`);
const keys = [publicJwk(rsa, rs256), publicJwk(ec, es256)].map((key) => JSON.stringify(key));
process.stdout.write(`${[...keys, ...lines].join('\n')}\n`);
