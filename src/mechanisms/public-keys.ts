import { createPublicKey, type JsonWebKey } from 'node:crypto';
import { z } from 'zod';

const keySetSchema = z.array(z.looseObject({ kid: z.string(), alg: z.string() }));

/**
 * JSON Web Keys as a Lua list, each with its DER (SubjectPublicKeyInfo): the one form that Envoy's `importPublicKey` takes.
 * @throws ZodError, or an error of node:crypto, where one is no public key.
 */
export function publicKeysInLua(keys: unknown): string {
  const items = keySetSchema.parse(keys).map(({ kid, alg, ...jwk }) => {
    const der = createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' }).export({
      type: 'spki',
      format: 'der',
    });
    return `{kid=${JSON.stringify(kid)},alg=${JSON.stringify(alg)},der="${escaped(der)}"}`;
  });
  return `{${items.join(',')}}`;
}

function escaped(bytes: Buffer): string {
  return Array.from(bytes, (byte) => `\\${String(byte).padStart(3, '0')}`).join('');
}
