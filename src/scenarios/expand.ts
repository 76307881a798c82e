import type { BodySpec } from './bodies.js';
import { type LoadRequest, linkTemplate, type Rung, type Scenario, withLink } from './scenario.js';
import type { LoadBody, ScenarioCase, ScenarioFile, Table } from './schema.js';

/** A scenario's file with what it names read in. */
export interface FilledFile extends Omit<ScenarioFile, 'tables'> {
  readonly tables: Readonly<Record<string, Table>>;
}

/** The scenarios of a file: one for each value of its series, or just one. */
export function expandSeries(file: FilledFile): Scenario[] {
  const { series } = file;
  if (!series) return [instance(file, null)];
  return series.values.map((value) => instance(file, { quantity: series.quantity, value }));
}

function instance(file: FilledFile, rung: Rung | null): Scenario {
  const { name, title, summary, phases, headersWait, tables, job } = file;
  const links = rung?.quantity === 'filters' ? rung.value : null;
  return {
    name: rung === null ? name : `${name}-${shortName(rung)}`,
    family: name,
    familyTitle: title,
    rung,
    title: rung === null ? title : `${title}, ${inWords(rung)}`,
    summary,
    phases,
    headersWait,
    tables,
    job,
    answer: file.upstream ? bodyOf(file.upstream.answer, file, rung, answerIndex) : null,
    load: file.load.map((request, index) => loadRequest(request, file, rung, index)),
    cases: links === null ? file.cases : file.cases.map((item) => caseOfLinks(item, links)),
  };
}

const kiBOfMiB = 1_024;

function shortName({ quantity, value }: Rung): string {
  if (quantity === 'filters') return String(value);
  return value % kiBOfMiB === 0 ? `${value / kiBOfMiB}m` : `${value}k`;
}

function inWords({ quantity, value }: Rung): string {
  if (quantity === 'filters') return value === 1 ? '1 filter' : `${value} filters`;
  return value % kiBOfMiB === 0 ? `${value / kiBOfMiB} MiB` : `${value} KiB`;
}

// Requests have their place in the load; an answer's text is none of theirs.
const answerIndex = 1_000;

function bodyOf(body: LoadBody, { job }: FilledFile, rung: Rung | null, index: number): BodySpec {
  const bytes = rung?.quantity === 'bodyKiB' ? rung.value * 1_024 : 0;
  return { ...body, bytes, words: wordsOf(job), index };
}

/** The words that a job looks for; none where it has no such list. */
export function wordsOf({ words }: ScenarioFile['job']): string[] {
  return Array.isArray(words) ? words.filter((word): word is string => typeof word === 'string') : [];
}

function loadRequest(
  { repeat, request, expect }: ScenarioFile['load'][number],
  file: FilledFile,
  rung: Rung | null,
  index: number,
): LoadRequest {
  const { body, ...rest } = request;
  const links = rung?.quantity === 'filters' ? rung.value : null;
  return {
    repeat,
    request: { ...rest, ...(body && { body: bodyOf(body, file, rung, index) }) },
    expect: links === null ? expect : { ...expect, headers: headersOfLinks(expect.headers, links) },
  };
}

function caseOfLinks({ request, expect, ...item }: ScenarioCase, links: number): ScenarioCase {
  const { upstream, client } = expect;
  return {
    ...item,
    request: { ...request, headers: headersOfLinks(request.headers, links) },
    expect: {
      upstream: upstream && { ...upstream, headers: headersOfLinks(upstream.headers, links) },
      client: { ...client, headers: headersOfLinks(client.headers, links) },
    },
  };
}

/** A header whose name holds `${link}` stands for one of each filter in the row. */
function headersOfLinks<T extends string | null>(
  headers: Readonly<Record<string, T>>,
  links: number,
): Record<string, T> {
  const each = Array.from({ length: links }, (_, index) => index + 1);
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]): [string, T][] =>
      name.includes(linkTemplate) ? each.map((link) => [withLink(name, link), value]) : [[name, value]],
    ),
  );
}
