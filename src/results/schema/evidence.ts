import { z } from 'zod';
import { aboveLimitSchema } from './above-limit.js';
import { compatStartShape } from './compat.js';
import { effortShape } from './effort.js';
import { loadSchema } from './estimate.js';
import { faultShape } from './fault.js';
import { probeShape } from './probe.js';
import { abandonedShape, attemptShape, restartDoneShape } from './resume.js';
import { swapShape } from './swap.js';

const about = {
  schema: z.literal('filterbench/evidence@1'),
  arm: z.string(),
  /** Restart index from 0; null where it was gathered once a run. */
  restart: z.int().nonnegative().nullable(),
  passed: z.boolean(),
  /** What was wrong, in one line; null where it passed. */
  problem: z.string().nullable(),
  ...attemptShape,
};

const phase = z.enum(['before-load', 'after-load']);

/** Envoy's own `--mode validate` on the arm's configuration. */
const validateEvidence = z.strictObject({
  ...about,
  kind: z.literal('validate'),
  /** The extension that this Envoy build lacks, where that is why it refuses. */
  lacks: z.string().nullable(),
  /** The last lines that Envoy printed. */
  output: z.string(),
  /** The configuration that was validated, as YAML. */
  config: z.string(),
});

/** One case of the scenario, sent through the measured process. */
const proofEvidence = z.strictObject({
  ...about,
  kind: z.literal('proof'),
  phase,
  case: z.string(),
  /** `probe` goes to the echo upstream; `load` is the route that load uses. */
  route: z.enum(['probe', 'load']),
  /** Null, as `observed`, from the second restart on where it passed: it would be the same again. */
  request: z.unknown(),
  /** What the client got, and what the upstream received (null where it received nothing). */
  observed: z.unknown(),
});

/** Counters that cost nothing, against the requests that were served. */
const countersEvidence = z.strictObject({
  ...about,
  kind: z.literal('counters'),
  served: z.int().nonnegative(),
  aborted: z.int().nonnegative(),
  /** How much each counter grew under load. */
  counters: z.record(z.string(), z.number()),
  /** Memory after load. */
  pssMiB: z.number().nullable(),
  serverPssMiB: z.number().nullable(),
});

/** An arm that went wrong under load: wrong or missing answers, or a process that ended. */
const loadEvidence = z.strictObject({
  ...about,
  kind: z.literal('load'),
  purpose: z.enum(['warm-up', 'measure']),
  round: z.int().nonnegative(),
});

/** A window in which no answer came, and none that was wrong: the slice was driven again. It passes; the last repeat may not. */
const silentEvidence = z.strictObject({
  ...about,
  kind: z.literal('silent'),
  purpose: z.enum(['warm-up', 'measure']),
  round: z.int().nonnegative(),
  load: loadSchema,
});

/** How an arm started in this restart. */
const startEvidence = z.strictObject({
  ...about,
  kind: z.literal('start'),
  /** From spawn to the first ready answer. */
  startMs: z.number().nullable(),
});

/** One start of `filterbench compat`; it passes where the subject loads, with a warning or without. */
const compatEvidence = z.strictObject({ ...about, ...compatStartShape });

/** One fault on one Envoy; it passes where the fault could be injected, whatever came of it. */
const faultEvidence = z.strictObject({ ...about, ...faultShape });

/** A body above the buffer limit, sent once a run when the load is over: a fact about the arm that it can't fail. */
const aboveLimitEvidence = z.strictObject({
  ...about,
  kind: z.literal('above-limit'),
  ...aboveLimitSchema.shape,
});

/** One probe of what a mechanism can do; `arm` names the probe and its Envoy. */
const probeEvidence = z.strictObject({ ...about, ...probeShape });

/** One version of a filter swapped for another while load runs. */
const swapEvidence = z.strictObject({ ...about, ...swapShape });

/** What one variant takes to develop, by `filterbench effort`. */
const effortEvidence = z.strictObject({ ...about, ...effortShape });

/** A restart is whole. */
const restartDoneEvidence = z.strictObject({ ...about, ...restartDoneShape });

/** A restart was cut off, and is driven again. */
const abandonedEvidence = z.strictObject({ ...about, ...abandonedShape });

/** A line of evidence.ndjson. */
export const evidenceSchema = z.discriminatedUnion('kind', [
  validateEvidence,
  proofEvidence,
  countersEvidence,
  loadEvidence,
  silentEvidence,
  startEvidence,
  compatEvidence,
  aboveLimitEvidence,
  faultEvidence,
  probeEvidence,
  swapEvidence,
  effortEvidence,
  restartDoneEvidence,
  abandonedEvidence,
]);
export type Evidence = z.infer<typeof evidenceSchema>;
export type EvidenceOf<K extends Evidence['kind']> = Extract<Evidence, { kind: K }>;
