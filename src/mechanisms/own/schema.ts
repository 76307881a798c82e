import { z } from 'zod';
import { fragmentSchema } from '../../envoy/config.js';
import { mechanismNames } from '../index.js';

/** A filter that a user brings along, as its YAML file says; docs/bring-your-own.md explains each field. */
export const ownVariantSchema = z.strictObject({
  // Names of workloads and files are made of it.
  name: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, 'lower-case letters, digits and dashes, at most 32'),
  /** Whose colour and section it has. */
  mechanism: z.enum(mechanismNames),
  /** Scenario files whose job it claims to do. */
  scenarios: z.array(z.string()).nonempty(),
  /** Files that Envoy or the process reads, by the name that stands for their path; relative to the YAML file. */
  reads: z.record(z.string(), z.string()).default({}),
  /** Environment of Envoy. */
  env: z.record(z.string(), z.string()).default({}),
  config: fragmentSchema,
  /** A helper server of its own. */
  process: z.strictObject({ program: z.string(), args: z.array(z.string()).default([]) }).optional(),
});
export type OwnVariantFile = z.infer<typeof ownVariantSchema>;
