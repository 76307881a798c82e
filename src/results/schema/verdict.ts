import { z } from 'zod';
import { loadSchema } from './estimate.js';

/**
 * `supported` and `refuted` are sure; `inconclusive` says what more would settle it, `not tested` why; `outdated`: it held then, and no
 * longer does since a version.
 */
export const verdictWordSchema = z.enum(['supported', 'refuted', 'inconclusive', 'not tested', 'outdated']);
export type VerdictWord = z.infer<typeof verdictWordSchema>;

/** What claims are about; opinions are listed and judged by nothing. */
export const claimAreaSchema = z.enum(['performance', 'isolation', 'compatibility', 'capability', 'opinion']);
export type ClaimArea = z.infer<typeof claimAreaSchema>;

/** Where claims are from. */
export const articleSchema = z.strictObject({
  title: z.string(),
  author: z.string(),
  url: z.url(),
  written: z.string(),
  /** Envoy's version when it was written. */
  envoy: z.string(),
});
export type Article = z.infer<typeof articleSchema>;

/** What a part of a claim was measured by: a difference of arms, of slopes, a ratio, or how alike two orders are. */
export const effectSchema = z.strictObject({
  /** What it is the difference of, such as `wasm/rust − lua, CPU`. */
  what: z.string(),
  estimate: z.number(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  unit: z.enum(['µs', 'µs/KiB', 'ratio', 'rank correlation']),
  confidence: z.number(),
  restarts: z.int().nonnegative(),
  load: loadSchema.nullable(),
});
export type Effect = z.infer<typeof effectSchema>;

const boundSchema = z.enum(['above', 'within']);
export type Bound = z.infer<typeof boundSchema>;

/** What a claim says of one scenario, build or fault, on one Envoy. */
export const verdictPartSchema = z.strictObject({
  /** What it is about, such as `lua < wasm/rust`. */
  subject: z.string(),
  scenario: z.string().nullable(),
  /** Envoy's version; null where it is about several. */
  envoy: z.string().nullable(),
  word: verdictWordSchema.exclude(['outdated']),
  /** The one of its tests that decides; null where nothing was measured. */
  effect: effectSchema.nullable(),
  /** What the effect is held against, in its unit: the minimum effect, or what still counts as near. */
  margin: z.number().nullable(),
  /** Whether the effect was to be above the margin, or within it on both sides; left away where there is none, and in runs of before. */
  bound: boundSchema.optional(),
  /** What is shown beside it and judged by nothing. */
  beside: z.array(effectSchema),
  /** Of this part, and adjusted for all parts that were tested (Holm 1979); null where there was no test. */
  p: z.number().nullable(),
  pAdjusted: z.number().nullable(),
  /** How many restarts in all would settle it, if the spread stays as it is; null where that is not the matter or can't be told. */
  restartsNeeded: z.int().positive().nullable(),
  reason: z.string(),
  /** Ids of arms, and of the run that they are of. */
  arms: z.array(z.string()),
  run: z.string().nullable(),
  /** What else it rests on: cells of a matrix (`compat SUBJECT on ENVOY`), and what lines of evidence.ndjson have as `arm`. */
  evidence: z.array(z.string()),
});
export type VerdictPart = z.infer<typeof verdictPartSchema>;

/** What became of a claim: a pure function of what is stored. */
export const verdictSchema = z.strictObject({
  claim: z.string(),
  area: claimAreaSchema,
  /** The article's section, and what it says there in our words. */
  section: z.string(),
  statement: z.string(),
  word: verdictWordSchema,
  /** The first version that was tried and on which the claim no longer holds, or, where it is `supported`, holds for the first time. */
  since: z.string().nullable(),
  /** In one sentence. */
  reason: z.string(),
  /** What would turn it around, as it was written down beforehand. */
  wouldChange: z.string(),
  /** What to do for a verdict, or a surer one; null where there is nothing. */
  next: z.string().nullable(),
  /** What a reader must know of the prediction. */
  note: z.string().nullable(),
  /** The part that decides, as an index of `parts`; null where there is none. */
  decidedBy: z.int().nonnegative().nullable(),
  /** How many tests p values are adjusted for: all of all claims that were judged together. */
  tests: z.int().nonnegative(),
  parts: z.array(verdictPartSchema),
});
export type Verdict = z.infer<typeof verdictSchema>;
