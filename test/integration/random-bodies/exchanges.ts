import fc from 'fast-check';
import type { Scenario } from '../../../src/scenarios/scenario.js';
import { filled, messages } from './drafts.js';
import type { Exchange } from './exchange.js';
import { jsonTexts } from './json-texts.js';
import { routedModel } from './reference.js';
import { texts } from './texts.js';

// What jobs without a list of their own must pass on.
const someWords = ['moonstone', 'windflower'];

/** Random requests and answers for a scenario's job. */
export function exchangesOf({ job }: Pick<Scenario, 'job'>): fc.Arbitrary<Exchange> {
  const words = Array.isArray(job.words) ? job.words.map(String) : null;
  const prose = messages(filled(texts(words ?? someWords)));
  return fc.record({
    headers: fc.record(
      {
        'content-type': fc.constantFrom('application/json', 'text/plain'),
        // Forged by the client: a job that sets it must replace it, all others must leave it.
        'x-model': fc.constantFrom(routedModel, 'forged'),
      },
      { requiredKeys: [] },
    ),
    request: words === null ? messages(jsonTexts) : prose,
    answer: prose,
  });
}
