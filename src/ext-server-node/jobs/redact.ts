import { nextCard, type Span } from './cards.js';
import { type BodyJob, unchanged } from './job.js';
import { WordFinder } from './words.js';

const star = 42;

/** Puts stars over card numbers and over `words`, of which no two may overlap; in place. */
export function redactor(words: readonly string[]): BodyJob {
  const finder = new WordFinder(words);
  return (body) => {
    // Cards may share groups, so all are found before the first is covered.
    const spans: Span[] = [];
    for (let card = nextCard(body, 0); card; card = nextCard(body, card.start + 1)) spans.push(card);
    for (let word = finder.next(body, 0); word; word = finder.next(body, word.end)) spans.push(word);
    if (spans.length === 0) return unchanged;
    for (const { start, end } of spans) body.fill(star, start, end);
    return { kind: 'replace', parts: [body] };
  };
}
