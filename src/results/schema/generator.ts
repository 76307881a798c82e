import { z } from 'zod';

/** The closed loop against an Envoy without a filter; medians over slices. */
const ceilingSchema = z.strictObject({
  connections: z.int().positive(),
  rps: z.number(),
  p50Us: z.number(),
  /** Shares of the window that the generator worked, and that Envoy's worker was on CPU: the higher one is the limit. */
  generatorBusy: z.number(),
  envoyBusy: z.number(),
  /** The generator's own CPU time a request, without its waiting: the most that it adds to a latency. */
  ownUs: z.number(),
  eventLoopDelayUs: z.number(),
});

/** The open loop's own lateness at a rate; medians over slices. */
const latenessSchema = z.strictObject({
  rps: z.number(),
  sendLagMeanUs: z.number(),
  sendLagMaxUs: z.number(),
  generatorBusy: z.number(),
  eventLoopDelayUs: z.number(),
  p50Us: z.number(),
});

/** The generator beside wrk on the same core, in medians over interleaved pairs. */
const wrkComparisonSchema = z.strictObject({
  connections: z.int().positive(),
  pairs: z.int().positive(),
  ours: z.strictObject({ rps: z.number(), p50Us: z.number() }),
  wrk: z.strictObject({ rps: z.number(), p50Us: z.number() }),
  throughputRatio: z.number(),
  p50DifferenceUs: z.number(),
});

/** What the generator itself can do here, measured before anything else. */
export const generatorMeasurementSchema = z.strictObject({
  ceilings: z.array(ceilingSchema),
  lateness: z.array(latenessSchema),
  /** Null where wrk is not installed, or was not asked for. */
  comparisons: z.array(wrkComparisonSchema).nullable(),
});
export type GeneratorMeasurement = z.infer<typeof generatorMeasurementSchema>;
