import { z } from 'zod';

/** Something that was seen: a yes or no, a number or words; null where it could not come up. */
export const factSchema = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export const factsSchema = z.record(z.string(), factSchema);
export type Facts = z.infer<typeof factsSchema>;

/** One request through the probed Envoy, and what each side saw of it. */
export const exchangeSchema = z.strictObject({
  request: z.unknown(),
  /** What the client got; null where no whole answer came. */
  client: z.unknown(),
  /** What the upstream received; null where it received nothing. */
  upstream: z.unknown(),
  /** What an external server was told, message by message; empty where there is none. */
  server: z.array(z.unknown()),
});
export type Exchange = z.infer<typeof exchangeSchema>;

/** What probes and swaps have in common. */
export const probedShape = {
  /** Which probe, such as `ext-authz/response-headers`. */
  probe: z.string(),
  /** What it asks, in one line. */
  question: z.string(),
  /** The claims that it bears on. */
  claims: z.array(z.string()),
  envoy: z.string(),
  envoySha256: z.string(),
  facts: factsSchema,
  /** The end of what Envoy printed, with files by their names. */
  log: z.string(),
} as const;

/** Whether a mechanism can do a thing, tried on a real Envoy. It passes where it could be tried, whatever the answer. */
export const probeShape = {
  kind: z.literal('probe'),
  ...probedShape,
  exchanges: z.array(exchangeSchema),
  /** What Envoy said where it refuses; null where it does not. */
  words: z.string().nullable(),
  /** The configuration that was started or validated, as YAML. */
  config: z.string(),
} as const;
