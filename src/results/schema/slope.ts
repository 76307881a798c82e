import { z } from 'zod';
import { armIdentitySchema } from './arm.js';
import { estimateSchema } from './estimate.js';

/** Where a scenario stands in its series: the size of the body, or how many filters are in a row. */
export const rungSchema = z.strictObject({
  quantity: z.enum(['bodyKiB', 'filters']),
  value: z.number().positive(),
});
export type Rung = z.infer<typeof rungSchema>;

const { mechanism, variant, class: armClass, envoy, runtime } = armIdentitySchema.shape;

/** What one variant's overhead costs for each KiB of body, or for each filter: a straight line over the rungs of a series. */
export const slopeSchema = z.strictObject({
  family: z.string(),
  quantity: rungSchema.shape.quantity,
  mechanism,
  variant,
  class: armClass,
  envoy,
  runtime,
  /** µs of CPU per request for each KiB, or for each filter, Envoy's and the server's; one slope a restart. */
  slopeUs: estimateSchema,
  /** Where the line meets zero KiB, or no filter, in µs of CPU per request. */
  interceptUs: estimateSchema,
  /** Of the line through the rungs' means; null with two rungs, or where nothing varies: both always fit. */
  r2: z.number().nullable(),
  /** How far the farthest of these means lies from that line. */
  largestResidualUs: z.number(),
  /**
   * How far each rung lies from the line, in µs, one value a restart, with its t interval; none with two rungs, which always fit. One that
   * is surely not 0 says that the cost does not grow in a straight line, which r² hides where one rung is far larger than the others.
   */
  residuals: z.array(
    z.strictObject({
      rung: z.number(),
      us: z.number(),
      low: z.number().nullable(),
      high: z.number().nullable(),
    }),
  ),
  /** The values of the rungs that the line goes over, ascending: those where the arm is valid. */
  rungs: z.array(z.number()),
  /**
   * The largest |end of interval| of the slopes that A/A pairs of this class show over the same rungs; null where a rung has no pair, or
   * the run no intervals.
   */
  noiseUs: z.number().nullable(),
});
export type Slope = z.infer<typeof slopeSchema>;
