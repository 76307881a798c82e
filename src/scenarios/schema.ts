import { z } from 'zod';

const name = z.string().regex(/^[a-z][a-z0-9-]*$/, 'lower-case letters, digits and dashes');

/** Expected headers: the one exact value, or null where the header must be absent. */
const expectedHeaders = z.record(z.string(), z.string().nullable());

/** A header's value, or one drawn anew for each restart from the keys of a table. */
const headerValue = z.union([z.string(), z.strictObject({ pick: z.string() })]);

const method = z.enum(['GET', 'HEAD', 'POST', 'PUT', 'DELETE']).default('GET');

const clientExpectation = z.strictObject({
  status: z.int().min(100).max(599),
  headers: expectedHeaders.default({}),
  /** The exact body; left away where the body is the upstream's. */
  body: z.string().optional(),
});

/** One request that is sent once, before and after load, and what must come of it. */
const caseSchema = z.strictObject({
  name: z.string(),
  request: z.strictObject({ method, headers: z.record(z.string(), z.string()).default({}) }).prefault({}),
  expect: z.strictObject({
    /** What the upstream must have received; null where the request must never reach it. */
    upstream: z.strictObject({ headers: expectedHeaders }).nullable(),
    client: clientExpectation,
  }),
});
export type ScenarioCase = z.infer<typeof caseSchema>;

/** A request of the load mix; every response to it is checked for status and exact length. */
const loadRequestSchema = z.strictObject({
  /** How many of the mix are of this kind. */
  repeat: z.int().positive().max(1_000).default(1),
  request: z.strictObject({ method, headers: z.record(z.string(), headerValue).default({}) }).prefault({}),
  expect: clientExpectation,
});
export type LoadRequest = z.infer<typeof loadRequestSchema>;

export const scenarioSchema = z.strictObject({
  name,
  title: z.string(),
  summary: z.string(),
  /** Which header phases the job needs, so that proofs can count calls. */
  phases: z.array(z.enum(['request', 'response'])).nonempty(),
  /** Tables that the job looks things up in: name → JSON file beside the scenario. */
  tables: z.record(z.string(), z.string()).default({}),
  /** The job for filters/core; `${name}` stands for a table. */
  job: z.looseObject({ job: z.string() }),
  load: z.array(loadRequestSchema).nonempty(),
  cases: z.array(caseSchema).nonempty(),
});
export type ScenarioFile = z.infer<typeof scenarioSchema>;

export const tableSchema = z.record(z.string(), z.string());
export type Table = z.infer<typeof tableSchema>;
