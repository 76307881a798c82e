import { z } from 'zod';

export const profileNameSchema = z.enum(['smoke', 'quick', 'full']);
export type ProfileName = z.infer<typeof profileNameSchema>;

/** The schedule that was planned, so that a reader can tell what a number rests on. */
export const planSummarySchema = z.strictObject({
  /** True where arms were only proven, and nothing measured. */
  proveOnly: z.boolean(),
  /** Of every scenario; where a precision was asked for, the number that rounds were fitted to. */
  restarts: z.int().positive(),
  rounds: z.int().nonnegative(),
  unloadedRounds: z.int().nonnegative(),
  sliceMs: z.number().positive(),
  connections: z.int().positive(),
  /** Requests a second of the open loop, the same for all arms. */
  rates: z.array(z.number().positive()),
  confidence: z.number(),
  /** False in smoke: no intervals are shown and nothing is ranked. */
  intervals: z.boolean(),
  budgetSeconds: z.number(),
  /** Half-width that intervals were to reach; null: as many restarts as planned. */
  precisionUs: z.number().positive().nullable(),
  /** Or this share of what a request costs the arm itself, where that is more; left away where none was asked for. */
  precisionShare: z.number().positive().optional(),
  /** True where no restart was begun that the budget had no time for; left away where the budget only set the rounds. */
  budgetBinds: z.boolean().optional(),
  /**
   * True where open loop and unloaded rounds took turns, one of them every other restart, for lack of time; where `--rate` named the
   * rates, each restart has them, and every other one unloaded rounds.
   */
  sidesInTurn: z.boolean().optional(),
  /** Restarts of every scenario that the budget was expected to hold; left away where it did not bind. */
  estimatedRestarts: z.int().nonnegative().optional(),
  /** What a restart takes besides its closed-loop rounds, and one such round. */
  secondsPerRestart: z.number(),
  secondsPerRound: z.number(),
  estimatedSeconds: z.number(),
});
export type PlanSummary = z.infer<typeof planSummarySchema>;

/** Where a run's time went, in seconds; `waiting` is connecting, leads and everything between slices. */
export const timeSpentSchema = z.strictObject({
  startSeconds: z.number(),
  proofSeconds: z.number(),
  warmUpSeconds: z.number(),
  windowSeconds: z.number(),
  waitingSeconds: z.number(),
  totalSeconds: z.number(),
});
export type TimeSpent = z.infer<typeof timeSpentSchema>;

/** Why the schedule ended; null where it did not get that far. */
export const stopReasonSchema = z.enum(['planned', 'precision', 'budget']).nullable();

/** What was alive together, how often it was started, and how long that took in all. */
export const restartsDoneSchema = z.strictObject({
  scenario: z.string(),
  /** Which Envoy or runtime; left away where the run has one of each. */
  setting: z.string().optional(),
  restarts: z.int().nonnegative(),
  seconds: z.number().nonnegative(),
});
export type RestartsDone = z.infer<typeof restartsDoneSchema>;

/** How a schedule went: what only the run itself can know. */
export const conductSchema = z.strictObject({
  stopped: stopReasonSchema,
  timeSpent: timeSpentSchema,
  /** Left away in runs of before scenarios had restarts of their own. */
  restarts: z.array(restartsDoneSchema).optional(),
});
export type Conduct = z.infer<typeof conductSchema>;
