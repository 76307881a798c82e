import { z } from 'zod';
import { timeSpentSchema } from './plan.js';

/** Of a line that a resumed run wrote: which resumption it was, from 1. Left away in what was written before the first. */
export const attemptShape = { attempt: z.int().positive().optional() };

/** A scenario on one Envoy in one runtime: what is restarted together. */
const placeShape = {
  scenario: z.string(),
  /** Which Envoy or runtime; left away where the run has one of each. */
  setting: z.string().optional(),
};

/**
 * The last line of a restart that is whole: a run that is cut off goes on after the last of these. `arm` names the scenario, and the Envoy
 * where there are several.
 */
export const restartDoneShape = {
  kind: z.literal('restart-done'),
  ...placeShape,
  /** Index in the plan of what was restarted. */
  place: z.int().nonnegative(),
  /** What it took. */
  seconds: z.number().nonnegative(),
  /** Of the whole run until then, but for restarts that were cut off. */
  timeSpent: timeSpentSchema,
};

/** The run was cut off in this restart of the arm: its lines of that attempt stay where they are, and are in no number. */
export const abandonedShape = {
  kind: z.literal('abandoned'),
  /** Whose lines: 0 is what was written before the first resumption. */
  ofAttempt: z.int().nonnegative(),
};

/** One time that a run was gone on with. */
export const resumptionSchema = z.strictObject({
  /** From 1. */
  attempt: z.int().positive(),
  at: z.iso.datetime(),
  /** Restarts that were whole by then, of all scenarios. */
  restartsDone: z.int().nonnegative(),
  /** Those that had been cut off: they were driven again. */
  abandoned: z.array(z.strictObject({ ...placeShape, restart: z.int().nonnegative() })),
});
export type Resumption = z.infer<typeof resumptionSchema>;
