import { z } from 'zod';
import { estimateSchema } from './estimate.js';

/** Two arms of one scenario compared directly, restart by restart: `a` minus `b`. */
export const comparisonSchema = z.strictObject({
  scenario: z.string(),
  envoy: z.string(),
  a: z.string(),
  b: z.string(),
  totalCpuUs: estimateSchema,
  throughputRatio: estimateSchema,
  /** Of no difference in CPU, adjusted for the number of pairs of the scenario (Holm 1979); null without intervals. */
  pAdjusted: z.number().nullable(),
  /** True where the adjusted p is small enough and the difference exceeds the noise floor of both arms' classes. */
  distinguishable: z.boolean(),
  /** True where the equivalence test (two one-sided t tests) puts the difference within ±nearUs. */
  equivalent: z.boolean(),
  /** Margin of the equivalence test, in µs of CPU. */
  nearUs: z.number(),
});
export type Comparison = z.infer<typeof comparisonSchema>;

const floorOf = z.strictObject({
  cpuUs: z.number(),
  p50Us: z.number().nullable(),
  throughputRatio: z.number(),
  pairs: z.array(z.string()),
});
export type NoiseFloorOfClass = z.infer<typeof floorOf>;

/** The largest |end of interval| over A/A pairs, per class; null where a class has no pair or no interval. */
export const noiseFloorSchema = z.strictObject({
  inProcess: floorOf.nullable(),
  external: floorOf.nullable(),
});
export type NoiseFloor = z.infer<typeof noiseFloorSchema>;

/** The same of one rung: what twins differ by grows with the body, and would hide all else in the floor of the whole run. */
export const rungNoiseFloorSchema = z.strictObject({ scenario: z.string(), ...noiseFloorSchema.shape });

/** Where the noise of in-process overheads comes from, and what would narrow their intervals soonest. */
export const adviceSchema = z.strictObject({
  betweenRestartsSdUs: z.number(),
  withinRestartsSdUs: z.number(),
  roundsPerRestart: z.int().positive(),
  advice: z.enum(['more-restarts', 'more-rounds', 'balanced']),
});
export type Advice = z.infer<typeof adviceSchema>;
