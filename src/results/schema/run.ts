import { z } from 'zod';
import { estimateSchema } from './estimate.js';

/** A warning as data: what, and what to do about it. */
export const warningSchema = z.strictObject({ code: z.string(), message: z.string(), next: z.string() });
export type Warning = z.infer<typeof warningSchema>;

export const armStatusSchema = z.enum(['valid', 'invalid', 'unavailable', 'unsupported']);
export type ArmStatus = z.infer<typeof armStatusSchema>;

/** What an arm is, apart from what was measured of it. */
export const armIdentitySchema = z.strictObject({
  id: z.string(),
  /** One of the six mechanisms, or `baseline`. */
  mechanism: z.string(),
  variant: z.string(),
  /** In-process, external (a server of its own), or the baseline. */
  class: z.enum(['baseline', 'in-process', 'external']),
  scenario: z.string(),
  envoy: z.string(),
  runtime: z.enum(['native', 'docker']),
  /** For the second copy of an A/A pair: the id of the arm that it repeats. */
  twinOf: z.string().nullable(),
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

export const latencySchema = z.strictObject({
  /** At 1 connection. */
  unloaded: percentiles.nullable(),
  openLoop: z.array(z.unknown()),
});

/** Arm minus baseline, paired in the block. `throughputRatio` is arm / baseline. */
export const overheadSchema = z.strictObject({
  cpuUs: estimateSchema,
  totalCpuUs: estimateSchema,
  p50Us: estimateSchema.nullable(),
  throughputRatio: estimateSchema,
});

export const memorySchema = z.strictObject({
  pssMiB: z.number().nullable(),
  serverPssMiB: z.number().nullable(),
});

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
});
export type ArmResult = z.infer<typeof armResultSchema>;

/** Two arms of one scenario compared directly, restart by restart: `a` minus `b`. */
export const comparisonSchema = z.strictObject({
  scenario: z.string(),
  envoy: z.string(),
  a: z.string(),
  b: z.string(),
  totalCpuUs: estimateSchema,
  throughputRatio: estimateSchema,
  /** True where the interval excludes zero and the difference exceeds the noise floor of both arms' classes; each pair at
   * `confidence`, not corrected for the number of pairs. */
  distinguishable: z.boolean(),
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

export const placementSchema = z.strictObject({
  envoyCpus: z.array(z.int()),
  serverCpus: z.array(z.int()),
  generatorCpus: z.array(z.int()),
  upstreamCpus: z.array(z.int()),
  /** True where the external server shares Envoy's cores. */
  serverSharesEnvoy: z.boolean(),
  pinned: z.boolean(),
});
export type Placement = z.infer<typeof placementSchema>;

export const fingerprintSchema = z.strictObject({
  cpu: z.string(),
  cores: z.int(),
  memoryMiB: z.int(),
  kernel: z.string(),
  os: z.string(),
  arch: z.string(),
  node: z.string(),
  governor: z.string().nullable(),
  virtualised: z.string().nullable(),
  loadAverage1m: z.number(),
  placement: placementSchema,
  tools: z.record(z.string(), z.string()),
});
export type Fingerprint = z.infer<typeof fingerprintSchema>;

export const envoySchema = z.strictObject({
  version: z.string(),
  build: z.string(),
  sha256: z.string(),
  source: z.string(),
  /** True where envoy.lock.json vouches for these bytes. */
  pinned: z.boolean(),
  runtime: z.enum(['native', 'docker']),
});
export type EnvoyUsed = z.infer<typeof envoySchema>;

export const artefactSchema = z.strictObject({
  /** Under filters/prebuilt, or where it was instead. */
  path: z.string(),
  sha256: z.string(),
  /** True where it is the file that the shipped manifest names. */
  shipped: z.boolean(),
});
export type ArtefactUsed = z.infer<typeof artefactSchema>;

export const profileNameSchema = z.enum(['smoke', 'quick', 'full']);
export type ProfileName = z.infer<typeof profileNameSchema>;

/** The schedule that was planned, so that a reader can tell what a number rests on. */
export const planSummarySchema = z.strictObject({
  /** True where arms were only proven, and nothing measured. */
  proveOnly: z.boolean(),
  restarts: z.int().positive(),
  rounds: z.int().nonnegative(),
  unloadedRounds: z.int().nonnegative(),
  sliceMs: z.number().positive(),
  connections: z.int().positive(),
  confidence: z.number(),
  /** False in smoke: no intervals are shown and nothing is ranked. */
  intervals: z.boolean(),
  budgetSeconds: z.number(),
  estimatedSeconds: z.number(),
});
export type PlanSummary = z.infer<typeof planSummarySchema>;

export const scenarioSummarySchema = z.strictObject({
  name: z.string(),
  title: z.string(),
  summary: z.string(),
});

/** run.json */
export const runSchema = z.strictObject({
  schema: z.literal('filterbench/run@1'),
  id: z.string(),
  status: z.enum(['complete', 'interrupted', 'failed']),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
  filterbench: z.string(),
  command: z.array(z.string()),
  seed: z.int().nonnegative(),
  profile: profileNameSchema,
  plan: planSummarySchema,
  scenarios: z.array(scenarioSummarySchema),
  fingerprint: fingerprintSchema,
  envoys: z.array(envoySchema),
  /** The compiled filters and servers that ran. */
  artefacts: z.array(artefactSchema),
  arms: z.array(armResultSchema),
  comparisons: z.array(comparisonSchema),
  noiseFloor: noiseFloorSchema,
  warnings: z.array(warningSchema),
  verdicts: z.array(z.unknown()),
});
export type Run = z.infer<typeof runSchema>;
