import type { z } from 'zod';
import { FailedError } from '../errors.js';

const answerTimeoutMs = 5_000;

/**
 * What an admin endpoint of a workload tells.
 * @param what `who` tells there, for the message
 * @throws FailedError where it does not answer, or something else.
 */
export async function fetchJson<T>(
  url: string,
  schema: z.ZodType<T>,
  { who, what }: { readonly who: string; readonly what: string },
): Promise<T> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(answerTimeoutMs) });
    return schema.parse(await response.json());
  } catch (error) {
    throw new FailedError(`${what} cannot be read from ${url}`, `see whether ${who} is still alive`, error);
  }
}
