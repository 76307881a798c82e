import { z } from 'zod';
import { armIdentitySchema, armStatusSchema } from './arm.js';
import { noiseFloorSchema, rungNoiseFloorSchema } from './comparison.js';
import { loadSchema } from './estimate.js';
import { envoySchema } from './machine.js';
import { profileNameSchema } from './plan.js';

const { mechanism, variant, class: armClass, scenario, runtime } = armIdentitySchema.shape;

/** Why a change is not called, the first that applies. */
export const uncalledSchema = z.enum([
  /** Fewer than 12 restarts in one of the runs, or a profile without intervals. */
  'few-restarts',
  /** A run has no A/A pair of the arm's class, so that nobody knows its noise. */
  'no-floor',
  /** Of throughput: the generator set the pace in most slices of the arm or its baseline. */
  'generator-limited',
  /** Its interval holds "no change", once all tests are read together. */
  'unsure',
  /** No larger than what identical arms differ by in one of the runs. */
  'within-noise',
  /** As large as that, or a twentieth of the overhead, only because the machine was faster or slower, as its baseline shows; or less than that. */
  'within-drift',
]);
export type Uncalled = z.infer<typeof uncalledSchema>;

/** What one number of an arm changes by, from the first run to another. */
export const changeSchema = z.strictObject({
  from: z.number(),
  to: z.number(),
  /** In µs: to − from. Of throughput, which is a factor: to / from. */
  change: z.number(),
  /** Welch's t interval over restarts, of this change alone; null with too few restarts. */
  low: z.number().nullable(),
  high: z.number().nullable(),
  restarts: z.strictObject({ from: z.int().nonnegative(), to: z.int().nonnegative() }),
  load: loadSchema,
  /** Of no change, adjusted for all tests of this comparison (Holm 1979); null where it was not tested. */
  pAdjusted: z.number().nullable(),
  /** The larger of both runs' noise floors; null where one has none. Of throughput: how far from 1. */
  floor: z.number().nullable(),
  /** The same in µs, were the machine as fast as in the first run, by what the baseline cost; null for throughput, in which it drops out. */
  atEqualSpeedUs: z.number().nullable(),
  called: z.boolean(),
  /** Null where it is called. */
  uncalled: uncalledSchema.nullable(),
});
export type Change = z.infer<typeof changeSchema>;

const fromAndTo = z.strictObject({ from: z.string(), to: z.string() });

/** An arm that has numbers in both runs. */
export const armChangeSchema = z.strictObject({
  scenario,
  mechanism,
  variant,
  class: armClass,
  runtime,
  envoy: fromAndTo,
  /** CPU per request of the arm itself in the first run, Envoy's and the server's: what a relative limit is of. */
  ownUs: z.number(),
  /** Overhead in total CPU per request. */
  totalCpuUs: changeSchema,
  /** Throughput relative to the baseline. */
  throughputRatio: changeSchema,
  /** Overhead in the median response time at 1 connection; null where a run has none. */
  p50Us: changeSchema.nullable(),
});
export type ArmChange = z.infer<typeof armChangeSchema>;

/** An arm that has numbers in one of the runs only. */
export const unmatchedArmSchema = z.strictObject({
  scenario,
  variant,
  runtime,
  /** Its status in each run; null where that run has no such arm. */
  from: armStatusSchema.nullable(),
  to: armStatusSchema.nullable(),
  /** What is known of why; null where nothing is. */
  reason: z.string().nullable(),
});
export type UnmatchedArm = z.infer<typeof unmatchedArmSchema>;

/** What Envoy spends without a filter: shown, and never called, for nothing in the runs cancels the machine. */
export const baselineChangeSchema = z.strictObject({
  scenario,
  runtime,
  envoy: fromAndTo,
  /** CPU per request. */
  fromUs: z.number(),
  toUs: z.number(),
});
export type BaselineChange = z.infer<typeof baselineChangeSchema>;

/** Something that is not the same in both runs. */
export const unlikenessSchema = z.strictObject({ what: z.string(), ...fromAndTo.shape });
export type Unlikeness = z.infer<typeof unlikenessSchema>;

/** One of the compared runs. */
export const comparedRunSchema = z.strictObject({
  /** A for the first, then B, C … */
  name: z.string(),
  dir: z.string(),
  id: z.string(),
  startedAt: z.iso.datetime(),
  status: z.enum(['complete', 'interrupted', 'failed']),
  filterbench: z.string(),
  profile: profileNameSchema,
  seed: z.int().nonnegative(),
  envoys: z.array(envoySchema),
  noiseFloor: noiseFloorSchema,
  rungNoiseFloors: z.array(rungNoiseFloorSchema),
});
export type ComparedRun = z.infer<typeof comparedRunSchema>;

/** One run against the first. */
export const runChangesSchema = z.strictObject({
  /** Name of the run. */
  run: z.string(),
  /** What must be alike and is not; only a forced comparison has any. */
  unlike: z.array(unlikenessSchema),
  /** What differs and should be known. */
  notes: z.array(unlikenessSchema),
  /** What the runs differ by: Envoys and files of filters. */
  changed: z.array(unlikenessSchema),
  baselines: z.array(baselineChangeSchema),
  arms: z.array(armChangeSchema),
  unmatched: z.array(unmatchedArmSchema),
});
export type RunChanges = z.infer<typeof runChangesSchema>;

/** What `--fail-on` allows: so many µs, or a share of the arm's CPU per request in the first run. */
export const regressionLimitSchema = z.union([
  z.strictObject({ us: z.number().nonnegative() }),
  z.strictObject({ share: z.number().nonnegative() }),
]);
export type RegressionLimit = z.infer<typeof regressionLimitSchema>;

/** What came of `--fail-on`. */
export const regressionGateSchema = z.strictObject({
  limit: regressionLimitSchema,
  passed: z.boolean(),
  /** Called regressions beyond the limit, and arms that were valid and are now invalid. */
  failures: z.array(
    z.strictObject({
      run: z.string(),
      scenario,
      variant,
      runtime,
      /** Null for an arm that is invalid now. */
      byUs: z.number().nullable(),
      /** Of its CPU per request in the first run. */
      share: z.number().nullable(),
    }),
  ),
  /** Arms whose CPU could not be judged: too few restarts, or no A/A pair. */
  unjudged: z.int().nonnegative(),
});
export type RegressionGate = z.infer<typeof regressionGateSchema>;

/** What `filterbench compare --json` prints. */
export const runComparisonSchema = z.strictObject({
  schema: z.literal('filterbench/compare@1'),
  confidence: z.number(),
  /** True where unlike runs were compared all the same: nothing of it can be relied on. */
  forced: z.boolean(),
  /** How many p values were adjusted together. */
  tests: z.int().nonnegative(),
  runs: z.array(comparedRunSchema),
  /** Each further run against the first. */
  others: z.array(runChangesSchema),
  /** Null where no `--fail-on` was asked for. */
  gate: regressionGateSchema.nullable(),
});
export type RunComparison = z.infer<typeof runComparisonSchema>;
