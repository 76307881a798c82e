import { z } from 'zod';

/** What an arm did with a body that is larger than Envoy may hold. */
export const aboveLimitSchema = z.strictObject({
  /** Which way the body went. */
  way: z.enum(['request', 'response']),
  limitBytes: z.int().positive(),
  sentBytes: z.int().positive(),
  /** What the client got; null where no whole answer came. */
  status: z.int().nullable(),
  /** How much came out on the other side, at the upstream or the client; null where nothing of the body did. */
  arrivedBytes: z.int().nonnegative().nullable(),
  /**
   * `done`: as if there were no limit. `refused`: an error in its place. `unfiltered`: it passed as it was, though it should
   * not have. `partly`: it passed in another state than it should. `cut`: the connection was cut off. `hangs`: no answer came in
   * time.
   */
  outcome: z.enum(['done', 'refused', 'unfiltered', 'partly', 'cut', 'hangs']),
});
export type AboveLimit = z.infer<typeof aboveLimitSchema>;
