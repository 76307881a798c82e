/** Versions of a filter, as its answers tell them; `none`: no filter. */
export const versions = { none: 'none', one: 'one', two: 'two' } as const;
export type Version = keyof typeof versions;

const header = 'x-bench-response';

// What the code of a filter says when it refuses a body, and what it says in a build that was changed by this one word: two
// files of code that differ in what they do, without a compiler.
const words: Readonly<Record<Exclude<Version, 'none'>, string>> = { one: 'Blocked', two: 'Refused' };

/** Which version gave an answer: by a header that its configuration names, or by a word of its code; null: none of them. */
export function versionOf({
  status,
  headers,
  body,
}: {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}): string | null {
  if (status === 200) return headers[header] ?? versions.none;
  if (status !== 403) return null;
  return Object.entries(words).find(([, word]) => body.startsWith(`${word}: `))?.[0] ?? null;
}

/** The job whose version is a matter of configuration. */
export function jobOfConfig(version: string): string {
  return JSON.stringify({ job: 'headers', request: {}, response: { [header]: version } });
}

/** The job whose version is a matter of code; `revision` changes the text of the configuration, and nothing else. */
export function jobOfCode(revision: number): string {
  return `${JSON.stringify({ job: 'inspect', words: ['moonstone'] })}${' '.repeat(revision)}`;
}

/** A request that the code refuses, in its own words. */
export const refusedRequest = {
  method: 'POST',
  headers: { 'content-type': 'text/plain' },
  body: 'Pay with 4111111111111111 today.',
} as const;

/**
 * Code of version two from code of version one.
 * @throws RangeError where the code does not hold the word.
 */
export function asVersionTwo(code: Buffer): Buffer {
  const [from, to] = [`${words.one}: `, `${words.two}: `];
  const changed = Buffer.from(code);
  let found = false;
  for (let at = changed.indexOf(from); at >= 0; at = changed.indexOf(from, at + 1)) {
    changed.write(to, at, 'latin1');
    found = true;
  }
  if (!found) throw new RangeError(`the code does not say "${from}"`);
  return changed;
}
