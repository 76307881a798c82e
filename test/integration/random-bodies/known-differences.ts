import { isUtf8 } from 'node:buffer';
import type { Scenario } from '../../../src/scenarios/scenario.js';
import { naiveMembers } from '../../ext-server-node/naive-json.js';
import type { Exchange } from './exchange.js';

// A byte order mark, half a character as an escape, what is no whitespace below a space, and numbers that 64 bits can't hold.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about
const odd = /^\xef\xbb\xbf|\\u[dD][89a-fA-F]|[\0-\x08\x0b\x0c\x0e-\x1f]|\d{19}|[eE]\+?\d{3}/;
const mostLevels = 90;

/**
 * Whether `cpp` may differ: Envoy's general filters take another view of what is odd in JSON (docs/fairness.md). All else they
 * must do like the others.
 */
export function builtInsMayDiffer({ job }: Pick<Scenario, 'job'>, exchange: Exchange): boolean {
  const { body } = exchange.request;
  const text = body.toString('latin1');
  if (!isUtf8(body) || odd.test(text)) return true;
  return job.job === 'json-rewrite' ? transformMayDiffer(text, exchange) : metadataMayDiffer(text);
}

/** It looks at JSON by its type only, and at none with names that come twice or too many levels. */
function transformMayDiffer(text: string, { headers }: Exchange): boolean {
  if (headers['content-type'] !== 'application/json') return true;
  if (naiveMembers(text) === null) return false;
  return text.split(/[[{]/).length > mostLevels || hasTwins(text);
}

/** Whether any object of a JSON text has two fields of one name: of those a parser keeps one. */
function hasTwins(text: string): boolean {
  const written = [...text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g)].filter(([, colon]) => colon !== undefined);
  // The text as a whole is a field, too, to the parser.
  let kept = -1;
  JSON.parse(text, function (this: unknown, _name, value: unknown) {
    if (!Array.isArray(this)) kept += 1;
    return value;
  });
  return written.length > kept;
}

/** Any value becomes a header, or an error. */
function metadataMayDiffer(text: string): boolean {
  const last = naiveMembers(text)?.findLast(({ name }) => name === 'model');
  if (last === undefined) return false;
  const model: unknown = JSON.parse(text.slice(last.start, last.end));
  return typeof model !== 'string' || !/^[!-~]+$/.test(model);
}
