import { z } from 'zod';
import { exitSchema } from './exit.js';
import { artefactSchema, envoySchema } from './machine.js';

/** What became of a subject on an Envoy, from the best to the worst that says most. */
export const compatOutcomeSchema = z.enum(['loads', 'warns', 'misbehaves', 'dies', 'refused', 'absent']);
export type CompatOutcome = z.infer<typeof compatOutcomeSchema>;

/** One outcome, with what it rests on. */
export const compatVerdictSchema = z.strictObject({
  /**
   * `loads`: all cases pass; `warns`: so they do, but Envoy warns; `misbehaves`: it lives, but a case fails; `dies`: it started to
   * work, then ended by itself, or a signal ended it; `refused`: Envoy ended with an error; `absent`: this build lacks the extension.
   */
  outcome: compatOutcomeSchema,
  /** Envoy's words, or what was wrong with the case; null where it loads. */
  words: z.string().nullable(),
  /** The case that failed, or during which it died; null where there is none. */
  case: z.string().nullable(),
  /** For `dies`: before it was ready, at a request, or when it was told to end. */
  moment: z.enum(['start', 'request', 'stop']).nullable(),
  /** How its process ended, where it did by itself. */
  exit: exitSchema.nullable(),
});
export type CompatVerdict = z.infer<typeof compatVerdictSchema>;

/** A build, script, server or built-in that is tried. */
export const compatSubjectSchema = z.strictObject({
  id: z.string(),
  /** What it is listed under: a variant, or `C++ built-in`. */
  group: z.string(),
  /** Its name within the group; null where the group has but one. */
  name: z.string().nullable(),
  mechanism: z.string(),
  artefacts: z.array(artefactSchema),
});
export type CompatSubject = z.infer<typeof compatSubjectSchema>;

/** An Envoy that was tried, and its name here: its version, with more where two have the same. */
export const compatEnvoySchema = z.strictObject({ label: z.string(), ...envoySchema.shape });
export type CompatEnvoy = z.infer<typeof compatEnvoySchema>;

/** One subject on one Envoy. */
export const compatCellSchema = z.strictObject({
  subject: z.string(),
  /** The Envoy's label. */
  envoy: z.string(),
  ...compatVerdictSchema.shape,
  /** The scenarios whose configuration was started and whose cases were sent, one after another until one went wrong. */
  scenarios: z.array(z.string()),
  /** sha256 of all that the outcome hangs on: Envoy, artefacts, configuration, cases, and how it is tried. */
  key: z.string(),
  triedAt: z.iso.datetime(),
  /** True where it was tried before, and looked up by its key. */
  cached: z.boolean(),
});
export type CompatCell = z.infer<typeof compatCellSchema>;

/** compat.json */
export const compatSchema = z.strictObject({
  schema: z.literal('filterbench/compat@1'),
  filterbench: z.string(),
  command: z.array(z.string()),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  envoys: z.array(compatEnvoySchema),
  subjects: z.array(compatSubjectSchema),
  cells: z.array(compatCellSchema),
});
export type Compat = z.infer<typeof compatSchema>;

/** Whether a subject did its job, with a warning of Envoy's or without. */
export function isUsable({ outcome }: Pick<CompatVerdict, 'outcome'>): boolean {
  return outcome === 'loads' || outcome === 'warns';
}

/** What a line of evidence says of one start in one scenario. */
export const compatStartShape = {
  kind: z.literal('compat'),
  scenario: z.string(),
  ...compatVerdictSchema.shape,
  /** From spawn to the first ready answer; null where that never came. */
  startMs: z.number().nullable(),
  /** How the process ended, by itself or told to; null where it had to be given up. */
  ended: exitSchema.nullable(),
  envoySha256: z.string(),
  artefacts: z.array(artefactSchema),
  /** The configuration that was started, as YAML, with one port for all and files by their names. */
  config: z.string(),
  /** The end of what Envoy printed. */
  log: z.string(),
} as const;
