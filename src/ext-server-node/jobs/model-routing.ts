import type { BodyJob, Header } from './job.js';

const field = 'model';
const unknown = 'none';

/** Sets `x-model` to the JSON body's top-level `model`, so that the route is chosen by it. */
export const modelRouter: BodyJob = (body) => ({ kind: 'set', header: modelHeader(modelOf(body)) });

function modelHeader(value: string): Header {
  return { name: 'x-model', value };
}

function modelOf(body: Buffer): string {
  // Nothing is no JSON; parsing it would only cost an exception.
  if (body.length === 0) return unknown;
  try {
    const json: unknown = JSON.parse(body.toString());
    if (json === null || typeof json !== 'object' || !Object.hasOwn(json, field)) return unknown;
    const model: unknown = (json as Readonly<Record<string, unknown>>)[field];
    return typeof model === 'string' && isHeaderValue(model) ? model : unknown;
  } catch {
    return unknown;
  }
}

/**
 * Visible ASCII text: a line break in it would otherwise add a header of the client's choice, and a space at either end is
 * lost where an answer over HTTP brings it.
 */
function isHeaderValue(text: string): boolean {
  return /^[!-~](?:[ -~]*[!-~])?$/.test(text);
}
