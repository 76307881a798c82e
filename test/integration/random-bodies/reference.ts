import type { Scenario } from '../../../src/scenarios/scenario.js';
import { naiveCards, naiveWords, starred } from '../../ext-server-node/naive.js';
import { naiveModel, naiveRewrite } from '../../ext-server-node/naive-json.js';
import type { Exchange, Outcome } from './exchange.js';

/** What must come of an exchange, by the plainest way to each job's end. */
export function expectedOf({ job }: Pick<Scenario, 'job'>, { headers, request, answer }: Exchange): Outcome {
  // A character a byte.
  const text = request.body.toString('latin1');
  const passed = (
    body: Buffer = request.body,
    model: string | null = headers['x-model'] ?? null,
  ): Outcome => ({
    status: 200,
    clientBody: answer.body,
    upstream: { body, model, route: model === routedModel ? 'large' : null },
  });
  switch (job.job) {
    case 'inspect': {
      const refusal = refusalOf(text, wordsOf(job));
      if (refusal === null) return passed();
      return { status: 403, clientBody: Buffer.from(refusal), upstream: null };
    }
    case 'redact': {
      const masked = (body: Buffer) => maskedOf(body.toString('latin1'), wordsOf(job));
      return { ...passed(masked(request.body)), clientBody: masked(answer.body) };
    }
    case 'json-rewrite':
      return passed(Buffer.from(naiveRewrite(text, String(job.field), String(job.value)), 'latin1'));
    case 'model-routing':
      return passed(request.body, naiveModel(text));
    default:
      throw new Error(`there is no plain way to do ${job.job}`);
  }
}

/** The model that has a route of its own, which adds a header. */
export const routedModel = 'gpt-large';

function wordsOf({ words }: Scenario['job']): string[] {
  return Array.isArray(words) ? words.map(String) : [];
}

function refusalOf(text: string, words: readonly string[]): string | null {
  if (naiveCards(text).length > 0) return 'Blocked: card number.';
  return naiveWords(text, words).length > 0 ? 'Blocked: forbidden word.' : null;
}

function maskedOf(text: string, words: readonly string[]): Buffer {
  return Buffer.from(starred(text, [...naiveCards(text), ...naiveWords(text, words)]), 'latin1');
}
