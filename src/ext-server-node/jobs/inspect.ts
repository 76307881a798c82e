import { nextCard } from './cards.js';
import { type BodyAction, type BodyJob, unchanged } from './job.js';
import { WordFinder } from './words.js';

const cardFound: BodyAction = { kind: 'deny', denial: { status: 403, body: 'Blocked: card number.' } };
const wordFound: BodyAction = { kind: 'deny', denial: { status: 403, body: 'Blocked: forbidden word.' } };

/** Refuses bodies that hold a card number or one of `words`. */
export function inspector(words: readonly string[]): BodyJob {
  const finder = new WordFinder(words);
  return (body) => {
    if (nextCard(body, 0)) return cardFound;
    return finder.next(body, 0) ? wordFound : unchanged;
  };
}
