import { type Job, type Support, supported } from './types.js';

// Enough to compare languages: calls alone, headers, a table, and a whole body.
const families = ['noop', 'headers', 'access', 'chain', 'inspect'];

/** What the filters in C, C++, AssemblyScript and Go can do, by what they are there for. */
export function inLanguage(language: string, { scenario }: Job): Support {
  if (families.includes(scenario.family)) return supported;
  return {
    status: 'unsupported',
    reason: `the filter in ${language} is there to compare languages, and does ${families.join(', ')} only`,
  };
}

/** What the servers in TypeScript are there for, too, and where they can run. */
export const servedByNode = {
  aside: true,
  nativeOnly:
    "its server is a script that Node runs, and there is no Node in Envoy's image; use --runtime native",
} as const;
