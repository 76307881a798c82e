import { z } from 'zod';
import type { ClaimData } from '../data.js';
import type { Finding } from '../findings.js';
import type { Need } from '../needs.js';

/**
 * How parts make a whole. `every`: all must hold. `each`: each is judged by itself, and the claim holds where none is against it.
 * `some`: one is enough.
 */
export const scopeSchema = z.enum(['every', 'each', 'some']);
export type Scope = z.infer<typeof scopeSchema>;

/** How the parts of a prediction make a whole; a kind without a scope has one part. */
export function scopeOf(prediction: unknown): Scope {
  return z.looseObject({ scope: scopeSchema.default('every') }).parse(prediction).scope;
}

/** A kind of prediction. */
export interface PredictionKind {
  readonly schema: z.ZodObject<{ kind: z.ZodLiteral<string> }, z.core.$strict>;
  /** True where each Envoy is judged by itself, so that a claim can have held once. */
  readonly perEnvoy: boolean;
  /** What it is judged by; empty where nothing can be gathered. */
  needsOf(prediction: unknown): Need[];
  /** What the data say; empty where they have nothing of it. */
  find(prediction: unknown, data: ClaimData): Finding[];
}

interface Definition<T extends z.ZodType> {
  readonly schema: T;
  readonly perEnvoy: boolean;
  needsOf(prediction: z.infer<T>): Need[];
  find(prediction: z.infer<T>, data: ClaimData): Finding[];
}

/** A kind whose functions take what its schema describes. */
export function defineKind<T extends z.ZodObject<{ kind: z.ZodLiteral<string> }, z.core.$strict>>({
  schema,
  perEnvoy,
  needsOf,
  find,
}: Definition<T>): PredictionKind {
  return {
    schema,
    perEnvoy,
    needsOf: (prediction) => needsOf(schema.parse(prediction)),
    find: (prediction, data) => find(schema.parse(prediction), data),
  };
}
