import type { BodySpec } from './bodies.js';
import type { ClientExpectation, ScenarioFile, Series, Table } from './schema.js';

/** Where a scenario stands in its series. */
export interface Rung {
  readonly quantity: Series['quantity'];
  readonly value: number;
}

/** A request of the load mix, with its body's size known. */
export interface LoadRequest {
  readonly repeat: number;
  readonly request: {
    readonly method: string;
    readonly headers: Readonly<Record<string, string | { readonly pick: string }>>;
    readonly body?: BodySpec;
  };
  readonly expect: ClientExpectation;
}

/** A scenario with its tables read and its job filled in: one value of its series, where it has one. */
export interface Scenario
  extends Pick<ScenarioFile, 'name' | 'title' | 'summary' | 'phases' | 'headersWait' | 'job' | 'cases'> {
  /** The name of the file that it comes from: its own, without a series. */
  readonly family: string;
  /** Its title without the amount of the series. */
  readonly familyTitle: string;
  readonly rung: Rung | null;
  readonly tables: Readonly<Record<string, Table>>;
  readonly load: readonly LoadRequest[];
  /** What the upstream answers under load; null: `ok`. */
  readonly answer: BodySpec | null;
}

/**
 * Whether load goes on to an upstream. Envoy's direct response answers a body at its headers and closes the connection, so
 * scenarios with bodies need one.
 */
export function usesUpstream({ phases }: Pick<Scenario, 'phases'>): boolean {
  return phases.some((phase) => phase === 'request-body' || phase === 'response-body');
}

/** How many of the same filter stand in a row. */
export function linksOf({ rung }: Pick<Scenario, 'rung'>): number {
  return rung?.quantity === 'filters' ? rung.value : 1;
}

/** What stands for a filter's place in its row, counted from 1: in the job, and in the names of expected headers. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: it is what people write in YAML
export const linkTemplate = '${link}';

/** A text with a filter's place put in. */
export function withLink(text: string, link: number): string {
  return text.replaceAll(linkTemplate, String(link));
}

/** The job of one filter of a row, or of the only one. */
export function jobOfLink({ job }: Pick<Scenario, 'job'>, link: number): Scenario['job'] {
  // In names, too, where a template of values would not look.
  return JSON.parse(withLink(JSON.stringify(job), link));
}

/** The job of an external server: it does a whole row, and each call says which link it comes from. */
export function jobOfServer({ job, rung }: Pick<Scenario, 'job' | 'rung'>): Scenario['job'] {
  return rung?.quantity === 'filters' ? { job: 'chain' } : job;
}
