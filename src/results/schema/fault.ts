import { z } from 'zod';
import { exitSchema } from './exit.js';

/**
 * What became of a request. `right`: 200, and the filter has seen it; `unfiltered`: 200, but the filter has not; `failed`: anything
 * else.
 */
export const faultEffectSchema = z.enum(['right', 'unfiltered', 'failed']);
export type FaultEffect = z.infer<typeof faultEffectSchema>;

/** Which of Envoy's listeners a request went to: the one with the filter, or the one beside it without. */
export const faultListenerSchema = z.enum(['filter', 'neighbour']);
export type FaultListener = z.infer<typeof faultListenerSchema>;

/** Requests that went alike. Times are from the fault; those before it are negative. */
export const faultTallySchema = z.strictObject({
  listener: faultListenerSchema,
  /** The worker that held the connection; null where it was opened anew meanwhile, so that it is not known. */
  worker: z.int().nonnegative().nullable(),
  effect: faultEffectSchema,
  /** The status, or `timeout`, `reset` or `refused`. */
  got: z.string(),
  requests: z.int().positive(),
  /** Intended starts of the first and of the last. */
  firstMs: z.number(),
  lastMs: z.number(),
  /** From its intended start to its end. */
  slowestMs: z.number(),
});
export type FaultTally = z.infer<typeof faultTallySchema>;

/** A request that asked for the fault. */
export const faultyRequestSchema = z.strictObject({
  headers: z.record(z.string(), z.string()),
  worker: z.int().nonnegative(),
  /** From the first of them. */
  atMs: z.number(),
  effect: faultEffectSchema,
  got: z.string(),
  tookMs: z.number(),
});
export type FaultyRequest = z.infer<typeof faultyRequestSchema>;

/** Connections opened when all was over, each with one request. */
const freshSchema = z.strictObject({
  listener: faultListenerSchema,
  tried: z.int().positive(),
  right: z.int().nonnegative(),
  unfiltered: z.int().nonnegative(),
});
export type FaultFresh = z.infer<typeof freshSchema>;

/** What a line of evidence says of one fault on one Envoy, as it was seen; what follows from it is computed. */
export const faultShape = {
  kind: z.literal('fault'),
  mechanism: z.string(),
  variant: z.string(),
  fault: z.string(),
  /** What Envoy is told to do when the filter fails; null where there is no such choice. */
  policy: z.string().nullable(),
  envoy: z.string(),
  envoySha256: z.string(),
  /** The load that ran all the while, and how long it was watched. */
  load: z.strictObject({
    rps: z.number().positive(),
    workers: z.int().positive(),
    /** Kept connections a worker, to each listener. */
    filterConnections: z.int().positive(),
    neighbourConnections: z.int().positive(),
    timeoutMs: z.number().positive(),
    watchedMs: z.number().nonnegative(),
    /** How late we sent the latest, because we were held up ourselves. */
    latestMs: z.number(),
  }),
  /** Empty where something else than a request struck. */
  requests: z.array(faultyRequestSchema),
  /** When the server was set right again; null where nothing was. */
  liftedMs: z.number().nullable(),
  before: z.array(faultTallySchema),
  after: z.array(faultTallySchema),
  /** Empty where Envoy had ended. */
  fresh: z.array(freshSchema),
  /** When Envoy ended by itself; null where it lived. */
  diedMs: z.number().nullable(),
  exit: exitSchema,
  /** `itself`: it died; `told`: SIGTERM was enough; `killed`: we had to send SIGKILL. */
  endedBy: z.enum(['itself', 'told', 'killed']),
  memory: z.strictObject({
    beforeMiB: z.number().nullable(),
    peakMiB: z.number().nullable(),
    /** Null where Envoy had ended. */
    afterMiB: z.number().nullable(),
    /** How much it could take beyond what it had (RLIMIT_DATA); null where there was no limit. */
    headroomMiB: z.number().nullable(),
  }),
  /** How much each counter that says something changed; empty where Envoy had ended. */
  stats: z.record(z.string(), z.number()),
  /** The configuration that was started, as YAML, with files by their names. */
  config: z.string(),
  /** The end of what Envoy printed. */
  log: z.string(),
} as const;
