import { z } from 'zod';
import { probedShape } from './probe.js';

/** Requests by when they were sent, counted from the swap. */
const bucketSchema = z.strictObject({
  fromMs: z.number(),
  old: z.int().nonnegative(),
  new: z.int().nonnegative(),
  lost: z.int().nonnegative(),
  wrong: z.int().nonnegative(),
});

/** A request that got no answer, or one of neither version. */
const faultySchema = z.strictObject({
  atMs: z.number(),
  kind: z.enum(['lost', 'wrong']),
  /** On a connection of its own, or on one that had served before. */
  connection: z.enum(['fresh', 'kept']),
  problem: z.string(),
});

/** What became of the requests around one swap; times in ms from the instant at which it was asked for. */
export const swapAccountSchema = z.strictObject({
  offered: z.int().nonnegative(),
  old: z.int().nonnegative(),
  new: z.int().nonnegative(),
  lost: z.int().nonnegative(),
  wrong: z.int().nonnegative(),
  /** When the first answer of the new version came; null: none did. */
  firstNewMs: z.number().nullable(),
  /** When the last answer of the old version came. */
  lastOldMs: z.number().nullable(),
  /** Answers of the old version to requests that were sent after the new one had answered, by connection. */
  oldAfterNew: z.strictObject({ fresh: z.int().nonnegative(), kept: z.int().nonnegative() }),
});
export type SwapAccount = z.infer<typeof swapAccountSchema>;

/** One version of a filter in place of another, under load. It passes where the account is whole, whatever it says. */
export const swapShape = {
  kind: z.literal('swap'),
  ...probedShape,
  /**
   * `listener`: a new listener, moved into its place; `same-path`: the bytes of the same file, then a new listener; `hot-restart`
   * and `cold-restart`: another process.
   */
  way: z.enum(['listener', 'same-path', 'hot-restart', 'cold-restart']),
  /** Versions by the names that answers carry. */
  from: z.string(),
  to: z.string(),
  /** Arrivals a second, at equal gaps; every second one on a connection of its own. */
  rps: z.number(),
  /** When Envoy cuts connections of the old listener, `--drain-time-s`. */
  drainMs: z.number(),
  /** Whether it tells clients that keep one to leave at their first answer, or at some time before it is cut: `--drain-strategy`. */
  drainStrategy: z.enum(['gradual', 'immediate']),
  account: swapAccountSchema,
  timeline: z.array(bucketSchema),
  faulty: z.array(faultySchema),
  /** How Envoy's own counters grew meanwhile. */
  counters: z.record(z.string(), z.number()),
  /** The listener before and after, as YAML. */
  before: z.string(),
  after: z.string(),
} as const;
export type SwapWay = z.infer<typeof swapShape.way>;
export type SwapBucket = z.infer<typeof bucketSchema>;
export type SwapFaulty = z.infer<typeof faultySchema>;
