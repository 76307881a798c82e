import { z } from 'zod';
import { aboveLimitSchema } from './above-limit.js';
import { estimateSchema, loadSchema } from './estimate.js';

export const armStatusSchema = z.enum(['valid', 'invalid', 'unavailable', 'unsupported']);
export type ArmStatus = z.infer<typeof armStatusSchema>;

/**
 * Known work on every request: CPU time or a sleep in µs, or a number of loops, whose time nobody knows. `cpu-alone` leaves out the
 * helper that makes every request of `cpu` hold its core equally long.
 */
export const injectionSchema = z.strictObject({
  kind: z.enum(['cpu', 'cpu-alone', 'sleep', 'loops']),
  amount: z.number().nonnegative(),
  /** What the filter and a helper on its core burn together in each request; left away where there is no helper. */
  heldUs: z.number().positive().optional(),
});
export type Injection = z.infer<typeof injectionSchema>;

/** What an arm is, apart from what was measured of it. */
export const armIdentitySchema = z.strictObject({
  id: z.string(),
  /** A mechanism's name, or `baseline`. */
  mechanism: z.string(),
  variant: z.string(),
  /** In-process, external (a server of its own), or the baseline. */
  class: z.enum(['baseline', 'in-process', 'external']),
  scenario: z.string(),
  envoy: z.string(),
  runtime: z.enum(['native', 'docker']),
  /** For the second copy of an A/A pair: the id of the arm that it repeats. */
  twinOf: z.string().nullable(),
  /** For an arm of a calibration: the known work that its filter does. */
  injection: injectionSchema.optional(),
});
export type ArmIdentity = z.infer<typeof armIdentitySchema>;

/** Whether an arm is the baseline that others are paired with; its A/A twin is an arm like any other. */
export function isReference(arm: ArmIdentity): boolean {
  return arm.class === 'baseline' && arm.twinOf === null;
}

const percentiles = z.strictObject({
  p50Us: estimateSchema,
  p90Us: estimateSchema.nullable(),
  p99Us: estimateSchema.nullable(),
});

/** CPU time per request in µs: Envoy's, the external server's, and their sum. */
export const cpuCostSchema = z.strictObject({
  envoyUs: estimateSchema,
  serverUs: estimateSchema.nullable(),
  totalUs: estimateSchema,
});

/** Closed-loop throughput. */
export const capacitySchema = z.strictObject({
  rps: estimateSchema,
  /** Slices in which the generator, not Envoy, set the pace. */
  generatorLimitedSlices: z.int().nonnegative(),
  slices: z.int().nonnegative(),
});

/**
 * One fixed rate, the same for all arms; times count from the intended start. Where the rate was missed there are no
 * percentiles, and no cost either: the arm did not have the load that the others had.
 */
export const openLoopSchema = z.strictObject({
  /** The rate that was asked for, a second. */
  rps: z.number().positive(),
  achievedRps: estimateSchema,
  sustained: z.boolean(),
  /** Why the rate was missed; null where it was sustained. */
  reason: z.string().nullable(),
  p50Us: estimateSchema.nullable(),
  p90Us: estimateSchema.nullable(),
  p99Us: estimateSchema.nullable(),
  p999Us: estimateSchema.nullable(),
  /** CPU per request at this rate, Envoy's and the server's. */
  totalCpuUs: estimateSchema.nullable(),
  /** Arm minus baseline at this rate; null for the baseline. */
  overhead: z.strictObject({ totalCpuUs: estimateSchema, p50Us: estimateSchema.nullable() }).nullable(),
});
export type OpenLoopResult = z.infer<typeof openLoopSchema>;

/** How response times under one load are spread: percentiles of all restarts together. */
export const distributionSchema = z.strictObject({
  load: loadSchema,
  samples: z.int().nonnegative(),
  restarts: z.int().nonnegative(),
  /** In µs, as far as 100 samples lie beyond; the interval is a jackknife over restarts, null where there were too few. */
  points: z.array(
    z.strictObject({
      percentile: z.number(),
      us: z.number(),
      low: z.number().nullable(),
      high: z.number().nullable(),
    }),
  ),
});
export type Distribution = z.infer<typeof distributionSchema>;

export const latencySchema = z.strictObject({
  /** At 1 connection. */
  unloaded: percentiles.nullable(),
  openLoop: z.array(openLoopSchema),
  /** At 1 connection, and at each rate that was sustained; left away where none has a median. */
  distributions: z.array(distributionSchema).optional(),
});

/** Arm minus baseline, paired in the block. `throughputRatio` is arm / baseline. */
export const overheadSchema = z.strictObject({
  cpuUs: estimateSchema,
  totalCpuUs: estimateSchema,
  p50Us: estimateSchema.nullable(),
  throughputRatio: estimateSchema,
});

/** PSS after load, the mean of one reading a restart. */
export const memorySchema = z.strictObject({
  pssMiB: z.number().nullable(),
  serverPssMiB: z.number().nullable(),
  /** Envoy's and the server's together, with a t interval over restarts; left away where it was not read. */
  total: z
    .strictObject({
      estimate: z.number(),
      low: z.number().nullable(),
      high: z.number().nullable(),
      confidence: z.number(),
      perRestart: z.array(z.number()),
    })
    .optional(),
});

/** Whether an arm's cost settled within its restarts (Barrett et al. 2017); it is judged on the mean over restarts. */
export const steadyStateSchema = z.strictObject({
  outcome: z.enum(['flat', 'warm-up', 'slowdown', 'no steady state', 'too short']),
  /** The slice of a restart, warm-up included, from which on the cost is steady; null where it is not. */
  steadyFrom: z.int().nonnegative().nullable(),
});
export type SteadyState = z.infer<typeof steadyStateSchema>;

/** Slices whose cost stands out, by what happened meanwhile. They stay in every number. */
export const outliersSchema = z.strictObject({
  slices: z.int().nonnegative(),
  outliers: z.int().nonnegative(),
  /** Cause → outliers that it explains; one can have several. */
  byCause: z.record(z.string(), z.int().nonnegative()),
});
export type Outliers = z.infer<typeof outliersSchema>;

/** One arm: what it is, whether it counts, and what was measured; a part is null where it was not measured. */
export const armResultSchema = z.strictObject({
  ...armIdentitySchema.shape,
  status: armStatusSchema,
  reason: z.string().nullable(),
  requests: z.int().nonnegative(),
  bad: z.int().nonnegative(),
  cpu: cpuCostSchema.nullable(),
  capacity: capacitySchema.nullable(),
  latency: latencySchema.nullable(),
  /** Null for the baseline itself, too. */
  overhead: overheadSchema.nullable(),
  memory: memorySchema.nullable(),
  startMs: z.number().nullable(),
  steadyState: steadyStateSchema.nullable(),
  outliers: outliersSchema.nullable(),
  /** Left away where no body above the limit was sent. */
  aboveLimit: z.array(aboveLimitSchema).optional(),
});
export type ArmResult = z.infer<typeof armResultSchema>;
