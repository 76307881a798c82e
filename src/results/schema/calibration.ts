import { z } from 'zod';
import { injectionSchema } from './arm.js';
import { estimateSchema } from './estimate.js';

/** One injection, against the arm of the same series that injects nothing. */
export const calibrationPointSchema = z.strictObject({
  arm: z.string(),
  injection: injectionSchema,
  /** What the filter itself added up per request, more than the one that injects nothing; null where it has no clock. */
  truthUs: z.number().nullable(),
  /** What came back in CPU per request of the process that injects: Envoy, or the external server. */
  cpuUs: estimateSchema.nullable(),
  /** What came back in the median response time at 1 connection. */
  p50Us: estimateSchema.nullable(),
  /**
   * Whether the interval holds the truth: of `cpuUs` for CPU, of `p50Us` for a sleep; null without interval or truth, and for
   * `cpu-alone`, whose requests also pay for the caches that cool meanwhile.
   */
  covered: z.boolean().nullable(),
});
export type CalibrationPoint = z.infer<typeof calibrationPointSchema>;

/** What one filter injected, and what came back. */
export const calibrationSeriesSchema = z.strictObject({
  /** The variant without its injection. */
  variant: z.string(),
  kind: injectionSchema.shape.kind,
  points: z.array(calibrationPointSchema),
  /** Least squares of the CPU that came back over what was injected; null with fewer than three points. */
  line: z.strictObject({ slope: z.number(), interceptUs: z.number(), r2: z.number() }).nullable(),
});
export type CalibrationSeries = z.infer<typeof calibrationSeriesSchema>;
