import { z } from 'zod';
import { conditionOf } from './condition.js';
import { loadSchema } from './estimate.js';
import { attemptShape } from './resume.js';

/** Arrivals of an open loop whose intended start lies in the window. */
export const arrivalsSchema = z.strictObject({
  offered: z.int().nonnegative(),
  /** Answered right by the end of the drain, and without any answer by then. */
  answered: z.int().nonnegative(),
  unanswered: z.int().nonnegative(),
  /** Due and not yet answered when the window opened, and when it closed: a rate that is missed piles up. */
  backlogAtOpen: z.int().nonnegative(),
  backlogAtClose: z.int().nonnegative(),
  /** From the intended start to the write, of those that found a free connection: the generator's own lateness. */
  meanSendLagUs: z.number(),
  maxSendLagUs: z.number(),
  sendLagCount: z.int().nonnegative(),
});
export type Arrivals = z.infer<typeof arrivalsSchema>;

/** What a JSON Schema can say of `sampleSchema`: refined, each of its fields would be published as a definition of its own. */
export const sampleShape = z.strictObject({
  schema: z.literal('filterbench/sample@1'),
  arm: z.string(),
  /** Restart index from 0. */
  restart: z.int().nonnegative(),
  /** Round index from 0 inside the restart. */
  round: z.int().nonnegative(),
  /** Block index inside the round; slices of one block are paired with its baseline slice. */
  block: z.int().nonnegative(),
  load: loadSchema,
  /** Warm-up slices tell whether an arm got steady; they are in no other number. */
  purpose: z.enum(['warm-up', 'measure']),
  /** Start of the slice on the generator's monotonic clock. */
  startNs: z.number(),
  windowNs: z.number(),
  /** Responses that were checked and right, inside the window. */
  requests: z.int().nonnegative(),
  /** Responses with an unexpected status or length, and socket errors, over the whole slice. */
  bad: z.int().nonnegative(),
  /** What was wrong first, where `bad` is not 0. */
  badExample: z.string().nullable(),
  /** All responses of the slice, in or out of the window. */
  served: z.int().nonnegative(),
  /** Requests on their way at the end that were not waited for, or cut off by us. */
  aborted: z.int().nonnegative(),
  envoyNs: z.number(),
  /** What CPU was read from where it was no thread's own count: the control group of a container, or what its engine says. */
  cpuSource: z.enum(['cgroup-v1', 'cgroup-v2', 'engine-stats']).optional(),
  /** CPU of the external server; null where the arm has none. */
  serverNs: z.number().nullable(),
  /** CPU of the upstream; null where the scenario has none. Stored, never added to a cost. */
  upstreamNs: z.number().nullable(),
  /** Time that Envoy's threads were ready to run and waited for a core; null where the kernel doesn't say. */
  envoyWaitNs: z.number().nullable(),
  serverWaitNs: z.number().nullable(),
  /** How often Envoy was taken off its core before it was done; null where the kernel doesn't say. */
  envoySwitches: z.int().nonnegative().nullable(),
  /** CPU that other processes of this machine used; it counts in ticks, so it can come out a little below zero. */
  othersNs: z.number(),
  stealNs: z.number(),
  /** Share of the window that the generator worked, 0 to 1; waiting in a loop for the next arrival is no work. */
  generatorBusy: z.number(),
  /** Share of the window that Envoy (all its threads, per worker) was on CPU, 0 to 1. */
  workerBusy: z.number(),
  /** Largest delay of the generator's event loop during the slice. */
  eventLoopDelayUs: z.number(),
  /** What became of an open loop's arrivals; null in a closed loop. */
  arrivals: arrivalsSchema.nullable(),
  /** HdrHistogram of response times in units of 0.1 µs, V2 compressed, base64. A published run has those that latency is told of. */
  histogram: z.string().optional(),
  ...attemptShape,
});
export type Sample = z.infer<typeof sampleShape>;

/** Whether latency is told of a slice: neither of a warm-up, nor of a closed loop that is saturated. */
export function tellsLatency({ purpose, load }: Pick<Sample, 'purpose' | 'load'>): boolean {
  return purpose === 'measure' && conditionOf(load) !== 'capacity';
}

/** One slice of load on one arm: a line of samples.ndjson. Times are of the inner window unless said otherwise. */
export const sampleSchema = sampleShape.refine(
  (sample) => sample.histogram !== undefined || !tellsLatency(sample),
  { path: ['histogram'], error: 'is missing, though latency is told of this slice' },
);
