import { z } from 'zod';

/** The load condition that a number belongs to. */
export const loadSchema = z.discriminatedUnion('loop', [
  z.strictObject({
    loop: z.literal('closed'),
    connections: z.int().positive(),
    workers: z.int().positive(),
  }),
  z.strictObject({
    loop: z.literal('open'),
    rps: z.number().positive(),
    workers: z.int().positive(),
  }),
]);
export type Load = z.infer<typeof loadSchema>;

/** A mean over restarts with its t interval; `low` and `high` are null where a profile shows no intervals. */
export const estimateSchema = z.strictObject({
  estimate: z.number(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** The median over restarts: a robustness check, never the headline. */
  median: z.number(),
  confidence: z.number(),
  restarts: z.int().nonnegative(),
  slices: z.int().nonnegative(),
  load: loadSchema,
  /** One value a restart, in restart order, so that every chart leads back to them. */
  perRestart: z.array(z.number()),
});
export type Estimate = z.infer<typeof estimateSchema>;
