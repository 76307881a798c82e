import { z } from 'zod';
import { inspector } from './inspect.js';
import { always, type BodyJob, type Header, type Job } from './job.js';
import { jsonRewriter } from './json-rewrite.js';
import { jwtJob, keysSchema } from './jwt.js';
import { modelRouter } from './model-routing.js';
import { redactor } from './redact.js';
import { tableJob } from './table.js';
import { overlapping, wordLetters } from './words.js';

const headerName = z.string().regex(/^[a-z0-9!#$%&'*+\-.^_`|~]+$/, {
  error: ({ input }) => `"${input}" is not a lower-case HTTP header name`,
});
// An empty value reads as "remove" to some mechanisms, so no job may ask for one.
const headerValue = z.string().regex(/^[ -~]+$/, 'must be visible text');
const headers = z.record(z.string(), headerValue).default({});
const table = z.record(z.string(), headerValue);
const { fewest, most } = wordLetters;
const words = z
  .array(
    z
      .string()
      .regex(/^[A-Za-z]+$/, 'must be ASCII letters only')
      .min(fewest)
      .max(most),
  )
  .min(1)
  .max(64);
const wordsApart = words.refine((list) => overlapping(list) === null, {
  error: ({ input }) => `"${overlapping(input as string[])?.join('" and "')}" could overlap in a text`,
});

const build: Readonly<Record<string, (config: unknown) => Job>> = {
  noop: kind({}, () => ofHeaders('noop', [], [])),
  headers: kind({ request: headers, response: headers }, ({ request, response }) =>
    ofHeaders('headers', inOrder(request), inOrder(response)),
  ),
  access: kind({ keys: table }, ({ keys }) =>
    tableJob('access', { header: 'x-api-key', set: 'x-client-id', table: keys }),
  ),
  lookup: kind({ header: headerName, set: headerName, table }, (config) => tableJob('lookup', config)),
  jwt: kind({ issuer: z.string().min(1), audience: z.string().min(1), keys: keysSchema }, jwtJob),
  'model-routing': kind({}, () => ofBodies('model-routing', { request: modelRouter, changes: false })),
  inspect: kind({ words }, (config) =>
    ofBodies('inspect', { request: inspector(config.words), changes: false }),
  ),
  redact: kind({ words: wordsApart }, (config) => {
    const both = redactor(config.words);
    return ofBodies('redact', { request: both, response: both, changes: true });
  }),
  'json-rewrite': kind({ field: z.string(), value: z.string() }, ({ field, value }) =>
    ofBodies('json-rewrite', { request: jsonRewriter(field, value), changes: true }),
  ),
};

/**
 * Parses a job from its JSON text.
 * @throws JobError saying in one line what is wrong where.
 */
export function parseJob(text: string): Job {
  const parsed = z.looseObject({ job: z.string() }).safeParse(parseJson(text));
  if (!parsed.success) throw new JobError('not a JSON object with a text "job"');
  const { job, ...config } = parsed.data;
  const parse = Object.hasOwn(build, job) ? build[job] : undefined;
  if (!parse) throw new JobError(`unknown job "${job}"; known: ${Object.keys(build).join(', ')}`);
  return parse(config);
}

/** Why a job's configuration was refused. */
export class JobError extends Error {
  constructor(why: string) {
    super(`job configuration: ${why}`);
    this.name = 'JobError';
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new JobError(`not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function kind<T extends z.ZodRawShape>(shape: T, make: (config: z.infer<z.ZodObject<T>>) => Job) {
  const schema = z.strictObject(shape);
  return (config: unknown): Job => {
    const parsed = schema.safeParse(config);
    if (parsed.success) return make(parsed.data as z.infer<z.ZodObject<T>>);
    const [issue] = parsed.error.issues;
    throw new JobError(`${issue?.path.join('.') || 'its fields'}: ${issue?.message}`);
  };
}

// Sorted, so that headers are set in one order whatever wrote the file.
function inOrder(map: Readonly<Record<string, string>>): Header[] {
  return Object.entries(map)
    .map(([name, value]) => ({ name: checkedName(name), value }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function checkedName(name: string): string {
  const { success, error } = headerName.safeParse(name);
  if (!success) throw new JobError(error.issues[0]?.message ?? name);
  return name;
}

function ofHeaders(name: string, request: readonly Header[], responseHeaders: readonly Header[]): Job {
  return {
    name,
    onRequestHeaders: always(...request),
    responseHeaders,
    onRequestBody: null,
    onResponseBody: null,
    changesBodies: false,
  };
}

function ofBodies(
  name: string,
  { request, response = null, changes }: { request: BodyJob; response?: BodyJob | null; changes: boolean },
): Job {
  return {
    name,
    onRequestHeaders: always(),
    responseHeaders: [],
    onRequestBody: request,
    onResponseBody: response,
    changesBodies: changes,
  };
}
