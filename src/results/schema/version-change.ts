import { z } from 'zod';
import { armIdentitySchema } from './arm.js';
import { estimateSchema } from './estimate.js';

const { mechanism, variant, class: armClass, scenario, runtime } = armIdentitySchema.shape;

/**
 * How much more a variant costs on one Envoy than on another: a difference of differences, for each is held against the baseline of its
 * own Envoy, so that what the machine and Envoy itself do in between cancels.
 */
export const versionChangeSchema = z.strictObject({
  scenario,
  mechanism,
  variant,
  class: armClass,
  runtime,
  /** Versions of Envoy. */
  from: z.string(),
  to: z.string(),
  /** Overhead on `to` minus overhead on `from`, in µs of CPU per request, Envoy's and the server's; one value a restart. */
  totalCpuUs: estimateSchema,
  /** Of no change, adjusted for the number of changes that the scenario is asked for (Holm 1979); null without intervals. */
  pAdjusted: z.number().nullable(),
  /** What identical arms differ by, and change by between these versions, at most; null where the run has no such pair. */
  floorUs: z.number().nullable(),
  /** True where the adjusted p is small enough and the change exceeds the floor. */
  changed: z.boolean(),
});
export type VersionChange = z.infer<typeof versionChangeSchema>;
