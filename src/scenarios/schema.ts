import { z } from 'zod';

const name = z.string().regex(/^[a-z][a-z0-9-]*$/, 'lower-case letters, digits and dashes');

/** What the job must see: headers, whole bodies, each way. */
const phase = z.enum(['request', 'request-body', 'response', 'response-body']);

// Envoy buffers up to 4 MiB in every arm; a body of half of that leaves room for what a filter adds.
const mostBodyKiB = 2_048;
const mostFilters = 64;

/** One quantity in several amounts: a scenario for each. */
const seriesSchema = z
  .strictObject({
    /** `bodyKiB`: how large bodies are; `filters`: how many of the same filter stand in a row. */
    quantity: z.enum(['bodyKiB', 'filters']),
    values: z
      .array(z.int().positive())
      .nonempty()
      .refine(
        (values) => values.every((value, index) => value > (values[index - 1] ?? 0)),
        'smallest first, each once',
      ),
  })
  .refine(({ quantity, values }) => values.every((value) => value <= mostOf(quantity)), {
    path: ['values'],
    error: `at most ${mostBodyKiB} KiB, or ${mostFilters} filters`,
  });
export type Series = z.infer<typeof seriesSchema>;

function mostOf(quantity: 'bodyKiB' | 'filters'): number {
  return quantity === 'bodyKiB' ? mostBodyKiB : mostFilters;
}

/** A body under load: made by size, and alike on every machine. */
const bodySchema = z
  .strictObject({
    kind: z.enum(['chat', 'prose']),
    model: z
      .string()
      .regex(/^[\w.:/-]{1,64}$/, 'letters, digits and _ . : / -')
      .optional(),
    /** What is put into the prose about every so many bytes, in turn. */
    plant: z
      .strictObject({
        every: z.int().min(64).max(1_048_576),
        of: z.array(z.enum(['card', 'word'])).nonempty(),
      })
      .optional(),
  })
  .refine(({ kind, model }) => kind === 'chat' || model === undefined, {
    path: ['model'],
    error: 'only a chat names a model',
  });
export type LoadBody = z.infer<typeof bodySchema>;

/** Expected headers: the one exact value, or null where the header must be absent. */
const expectedHeaders = z.record(z.string(), z.string().nullable());

/** A header's value, or one drawn anew for each restart from the keys of a table. */
const headerValue = z.union([z.string(), z.strictObject({ pick: z.string() })]);

const method = z.enum(['GET', 'HEAD', 'POST', 'PUT', 'DELETE']).default('GET');

/** An expected body: the exact text, or a value that it must be the JSON of. */
const expectedBody = { body: z.string().optional(), json: z.unknown().optional() };

function oneBody({ body, json }: { body?: string | undefined; json?: unknown }): boolean {
  return body === undefined || json === undefined;
}
const notBoth = { path: ['json'], error: 'body or json, not both' };

const clientExpectation = z
  .strictObject({
    status: z.int().min(100).max(599),
    headers: expectedHeaders.default({}),
    /** Left away where the body is the upstream's. */
    ...expectedBody,
  })
  .refine(oneBody, notBoth);
export type ClientExpectation = z.infer<typeof clientExpectation>;

const upstreamExpectation = z
  .strictObject({
    headers: expectedHeaders.default({}),
    /** Left away where the body must arrive as it was sent. */
    ...expectedBody,
  })
  .refine(oneBody, notBoth);

/** One request that is sent once, before and after load, and what must come of it. */
const caseSchema = z.strictObject({
  name: z.string(),
  /** Variants that are known to do otherwise, each with why: they are not asked, and docs/fairness.md says so. */
  exceptFor: z.record(z.string(), z.string()).optional(),
  request: z
    .strictObject({
      method,
      headers: z.record(z.string(), z.string()).default({}),
      body: z.string().optional(),
      /** The body is sent in so many parts, with pauses; nothing may be answered before the last one. */
      pieces: z.int().min(1).max(16).optional(),
    })
    .prefault({}),
  /** What the upstream answers; where nothing is said, 200 and `ok`. */
  answer: z
    .strictObject({ headers: z.record(z.string(), z.string()).default({}), body: z.string().default('ok') })
    .optional(),
  expect: z.strictObject({
    /** What the upstream must have received; null where the request must never reach it. */
    upstream: upstreamExpectation.nullable(),
    client: clientExpectation,
  }),
});
export type ScenarioCase = z.infer<typeof caseSchema>;

/** A request of the load mix; every response to it is checked for status and exact length. */
const loadRequestSchema = z.strictObject({
  /** How many of the mix are of this kind. */
  repeat: z.int().positive().max(1_000).default(1),
  request: z
    .strictObject({
      method,
      headers: z.record(z.string(), headerValue).default({}),
      body: bodySchema.optional(),
    })
    .prefault({}),
  expect: clientExpectation,
});

export const scenarioSchema = z.strictObject({
  name,
  title: z.string(),
  summary: z.string(),
  /** What the job must see, so that proofs can count calls. */
  phases: z.array(phase).nonempty(),
  /** The body decides on the headers: they must not go on before it is known. */
  headersWait: z.boolean().default(false),
  /** Makes a scenario of each value; `${link}` stands for a filter's place in a row of them. */
  series: seriesSchema.optional(),
  /** Tables that the job looks things up in: name → JSON file beside the scenario. */
  tables: z.record(z.string(), z.string()).default({}),
  /** The job for filters/core; `${name}` stands for a table. */
  job: z.looseObject({ job: z.string() }),
  /** What the upstream answers under load, where the job looks at response bodies. */
  upstream: z.strictObject({ answer: bodySchema }).optional(),
  load: z.array(loadRequestSchema).nonempty(),
  cases: z.array(caseSchema).nonempty(),
});
export type ScenarioFile = z.infer<typeof scenarioSchema>;

export const tableSchema = z.record(z.string(), z.string());
export type Table = z.infer<typeof tableSchema>;
