import { linkTemplate } from '../../scenarios/scenario.js';

/** The request header or gRPC metadata by which a filter of a chain says which one it is, counted from 1. */
export const linkHeader = 'x-bench-link';

/** The longest chain that answers are built for. */
const longest = 16;

/** What a filter is told that says it is a link that there is not. */
export const noSuchLink = `${linkHeader} is a number from 1 to ${longest}`;

/** What answers a filter: all of them alike, or each link of a chain by its own job. */
export interface Linked<T> {
  /** Whether the filters say which one they are. */
  readonly isChain: boolean;
  /** What answers the filter that says it is `link`, or says nothing; undefined where there is no such link. */
  of(link: string | undefined): T | undefined;
}

/**
 * One `T` of a job's text, or one of each link where the job is `chain` or its text has the place of a link.
 * @throws whatever `build` does.
 */
export function linked<T>(jobText: string, build: (jobText: string) => T): Linked<T> {
  const text = isChainJob(jobText) ? chainText : jobText;
  if (!text.includes(linkTemplate)) {
    const only = build(text);
    return { isChain: false, of: () => only };
  }
  const links = Array.from({ length: longest }, (_, index) => String(index + 1));
  const byLink = new Map(links.map((link) => [link, build(text.replaceAll(linkTemplate, link))]));
  return { isChain: true, of: (link = '1') => byLink.get(link) };
}

const ownHeader = { [`${linkHeader}-${linkTemplate}`]: 'filterbench' };
const chainText = JSON.stringify({ job: 'headers', request: ownHeader, response: ownHeader });

function isChainJob(text: string): boolean {
  try {
    const job: unknown = JSON.parse(text);
    return JSON.stringify(job) === JSON.stringify({ job: 'chain' });
  } catch {
    // Whoever reads it as a job says what is wrong.
    return false;
  }
}
