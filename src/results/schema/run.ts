import { z } from 'zod';
import { armResultSchema } from './arm.js';
import { calibrationSeriesSchema } from './calibration.js';
import { adviceSchema, comparisonSchema, noiseFloorSchema, rungNoiseFloorSchema } from './comparison.js';
import { generatorMeasurementSchema } from './generator.js';
import { artefactSchema, envoySchema, fingerprintSchema } from './machine.js';
import { conductSchema, planSummarySchema, profileNameSchema } from './plan.js';
import { resumptionSchema } from './resume.js';
import { rungSchema, slopeSchema } from './slope.js';
import { articleSchema, verdictSchema } from './verdict.js';
import { versionChangeSchema } from './version-change.js';

/** An arm whose interval is wider than was asked for. */
export const shortfallSchema = z.strictObject({
  arm: z.string(),
  /** Of its overhead in total CPU; null with too few restarts for an interval. */
  halfWidthUs: z.number().nonnegative().nullable(),
  /** What the half-width was to be. */
  targetUs: z.number().positive(),
  restarts: z.int().nonnegative(),
  /** How many would do, if the spread stays as it is; null where that can't be told. */
  restartsNeeded: z.int().positive().nullable(),
});
export type Shortfall = z.infer<typeof shortfallSchema>;

/** A warning as data: what, and what to do about it. */
export const warningSchema = z.strictObject({
  code: z.string(),
  message: z.string(),
  next: z.string(),
  /** Every arm that `short-of-precision` is about, the farthest first; left away in all others. */
  shortfalls: z.array(shortfallSchema).optional(),
});
export type Warning = z.infer<typeof warningSchema>;

export const scenarioSummarySchema = z.strictObject({
  name: z.string(),
  title: z.string(),
  summary: z.string(),
  /** What the rungs of a series have in common; its own name where the scenario is in none. */
  family: z.string(),
  /** Null where the scenario is in no series. */
  rung: rungSchema.nullable(),
});
export type ScenarioSummary = z.infer<typeof scenarioSummarySchema>;

/** run.json */
export const runSchema = z.strictObject({
  schema: z.literal('filterbench/run@1'),
  id: z.string(),
  status: z.enum(['complete', 'interrupted', 'failed']),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
  filterbench: z.string(),
  /** With what came from a configuration file as flags: the command alone asks for the same. */
  command: z.array(z.string()),
  /** The configuration file that was used; left away where there was none. */
  configFile: z.string().optional(),
  seed: z.int().nonnegative(),
  profile: profileNameSchema,
  plan: planSummarySchema,
  scenarios: z.array(scenarioSummarySchema),
  fingerprint: fingerprintSchema,
  envoys: z.array(envoySchema),
  /** The compiled filters and servers that ran. */
  artefacts: z.array(artefactSchema),
  /** The generator by itself, measured first; null where nothing was driven. */
  generator: generatorMeasurementSchema.nullable(),
  conduct: conductSchema.nullable(),
  /** When it was gone on with, the first time first; left away where it never was. */
  resumptions: z.array(resumptionSchema).optional(),
  arms: z.array(armResultSchema),
  /** What the variances say about the schedule (Kalibera and Jones 2013); null with too few restarts. */
  advice: adviceSchema.nullable(),
  comparisons: z.array(comparisonSchema),
  /** Of all scenarios that are in no series. */
  noiseFloor: noiseFloorSchema,
  /** Of each rung of a series by itself. */
  rungNoiseFloors: z.array(rungNoiseFloorSchema),
  /** What each KiB of body, or each filter, costs; empty where the run has no series with two measured rungs. */
  slopes: z.array(slopeSchema),
  /** What overheads change by between the run's Envoys; left away where it has one. */
  versionChanges: z.array(versionChangeSchema).optional(),
  /** What was injected and what came back; null where the run calibrates nothing. */
  calibration: z.array(calibrationSeriesSchema).nullable(),
  warnings: z.array(warningSchema),
  /** Whose claims were judged; left away where none was. */
  article: articleSchema.optional(),
  /** Of claims; empty where none was judged. */
  verdicts: z.array(verdictSchema),
});
export type Run = z.infer<typeof runSchema>;
