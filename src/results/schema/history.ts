import { z } from 'zod';
import { armIdentitySchema } from './arm.js';
import { loadSchema } from './estimate.js';
import { artefactSchema, envoySchema } from './machine.js';
import { profileNameSchema } from './plan.js';
import { changeSchema, unlikenessSchema } from './run-comparison.js';

const { mechanism, variant, class: armClass, scenario, runtime } = armIdentitySchema.shape;
const { version, build, sha256 } = envoySchema.shape;

/** Why a run has no part in a history. */
export const leftOutKindSchema = z.enum([
  /** Its run.json is no JSON, or not what its schema promises. */
  'damaged',
  /** Its schema is not one that this version reads. */
  'unknown-schema',
  /** It was interrupted, or it failed. */
  'not-complete',
  /** Found before in another folder. */
  'twice',
  'proofs-only',
  'calibration',
  /** A profile without intervals. */
  'no-intervals',
  /** No arm has an overhead that counts, or none of those that were asked for. */
  'no-overhead',
]);
export type LeftOutKind = z.infer<typeof leftOutKindSchema>;

export const leftOutSchema = z.strictObject({ dir: z.string(), kind: leftOutKindSchema, reason: z.string() });
export type LeftOut = z.infer<typeof leftOutSchema>;

/** A number with its interval; both ends are null with too few restarts. */
export const historyValueSchema = z.strictObject({
  estimate: z.number(),
  low: z.number().nullable(),
  high: z.number().nullable(),
});
export type HistoryValue = z.infer<typeof historyValueSchema>;

/** One of the runs that are shown. */
export const historyRunSchema = z.strictObject({
  id: z.string(),
  dir: z.string(),
  startedAt: z.iso.datetime(),
  filterbench: z.string(),
  profile: profileNameSchema,
  /** Number of its setting. */
  setting: z.int().positive(),
  envoys: z.array(envoySchema),
});
export type HistoryRun = z.infer<typeof historyRunSchema>;

/** Runs that may be compared: machine, system, placement, load, profile and instrument are alike. */
export const historySettingSchema = z.strictObject({
  number: z.int().positive(),
  /** All that must be alike, as it is in these runs. */
  alike: z.array(z.strictObject({ what: z.string(), is: z.string() })),
});
export type HistorySetting = z.infer<typeof historySettingSchema>;

/** One arm in one run. */
export const historyPointSchema = z.strictObject({
  /** Id of the run. */
  run: z.string(),
  envoy: z.strictObject({ version, build: build.nullable(), sha256: sha256.nullable() }),
  /** CPU per request that the arm adds, Envoy's and the server's, in µs. */
  totalCpuUs: historyValueSchema,
  /** Throughput relative to the baseline. */
  throughputRatio: historyValueSchema,
  restarts: z.int().nonnegative(),
  /** What a request costs without the filter; null where that is not known. */
  baselineUs: z.number().nullable(),
  /** What identical arms of its class differ by in this run; null where it has no A/A pair. */
  floor: z.strictObject({ cpuUs: z.number(), throughputRatio: z.number() }).nullable(),
  /** The compiled filter and server, or a user's own files; empty where it is configuration only. */
  files: z.array(artefactSchema),
});
export type HistoryPoint = z.infer<typeof historyPointSchema>;

/** From one point of a line to the next, or from its oldest to its newest. */
export const historyStepSchema = z.strictObject({
  /** Ids of the runs. */
  from: z.string(),
  to: z.string(),
  /** What became another: Envoy, or a file of the filter. */
  changed: z.array(unlikenessSchema),
  /** What else is not the same, where a change is called; else empty. */
  notes: z.array(unlikenessSchema),
  /** Uncalled as `within-drift`, too, where it is no more than three times what the line's (other) steps, five or more, are. */
  totalCpuUs: changeSchema,
  throughputRatio: changeSchema,
});
export type HistoryStep = z.infer<typeof historyStepSchema>;

/** One arm over the runs of one setting, the oldest first. */
export const historyLineSchema = z.strictObject({
  scenario,
  mechanism,
  variant,
  class: armClass,
  runtime,
  /** The version, where the runs measured several Envoys in turn; null where each had one. */
  envoy: z.string().nullable(),
  setting: z.int().positive(),
  load: loadSchema,
  points: z.array(historyPointSchema),
  /** One less than points. */
  steps: z.array(historyStepSchema),
  /** From the oldest point to the newest, judged with the steps; null with fewer than three points. */
  whole: historyStepSchema.nullable(),
});
export type HistoryLine = z.infer<typeof historyLineSchema>;

/** What `filterbench history --json` prints. */
export const historySchema = z.strictObject({
  schema: z.literal('filterbench/history@1'),
  confidence: z.number(),
  /** How many p values were adjusted together. */
  tests: z.int().nonnegative(),
  settings: z.array(historySettingSchema),
  /** The oldest first. */
  runs: z.array(historyRunSchema),
  lines: z.array(historyLineSchema),
  leftOut: z.array(leftOutSchema),
  /** Runs that `--since` and `--last` keep out. */
  olderRuns: z.int().nonnegative(),
});
export type History = z.infer<typeof historySchema>;
