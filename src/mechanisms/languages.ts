import { type Job, type Support, supported } from './types.js';

// Enough to compare languages: calls alone, headers, a table, and a whole body.
const families = ['noop', 'headers', 'access', 'chain', 'inspect'];

/** What the filters in C and AssemblyScript can do, by what they are there for. */
export function inLanguage(language: string, { scenario }: Job): Support {
  if (families.includes(scenario.family)) return supported;
  return {
    status: 'unsupported',
    reason: `the filter in ${language} is there to compare languages, and does ${families.join(', ')} only`,
  };
}
