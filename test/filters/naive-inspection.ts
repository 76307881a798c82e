/** What `inspect` must find in a body, told in the plainest way. */
export type Finding = 'nothing' | 'word' | 'card';

const cardNumber = /(?<!\d)(?:\d{16}|\d{4}([ -])\d{4}\1\d{4}\1\d{4})(?!\d)/g;

/** The finding, by regular expressions. */
export function inspectNaively(body: string, words: readonly string[]): Finding {
  // One that fails Luhn's formula may hide another that begins in it.
  for (let at = 0; at < body.length; at++) {
    cardNumber.lastIndex = at;
    const match = cardNumber.exec(body);
    if (!match) break;
    at = match.index;
    if (passesLuhn(match[0])) return 'card';
  }
  return words.some((word) => body.includes(word)) ? 'word' : 'nothing';
}

function passesLuhn(card: string): boolean {
  const digits = [...card.replace(/\D/g, '')].map(Number);
  const counted = digits.map((digit, i) => (i % 2 === 1 ? digit : digit > 4 ? 2 * digit - 9 : 2 * digit));
  return counted.reduce((sum, digit) => sum + digit, 0) % 10 === 0;
}

/** Bodies of what is near to a finding, in pieces; the same ones for the same seed. */
export function* trickyBodies(seed: number, count: number): Generator<string[]> {
  const random = lehmer(seed);
  const pick = (from: readonly string[]) => from[random() % from.length] ?? '';
  for (let n = 0; n < count; n++) {
    const body = Array.from({ length: 1 + (random() % 12) }, () => pick(fragments)).join('');
    const pieces: string[] = [];
    const most = 1 + (random() % 40);
    for (let at = 0; at < body.length; ) {
      const length = random() % (most + 1);
      pieces.push(body.slice(at, at + length));
      at += length;
    }
    yield pieces;
  }
}

/** The words that `trickyBodies` plays with. */
export const trickyWords = ['secret', 'Merger', 'confidential', 'internal'];

// The first four are valid; 4111 and 1111 and such are what they are made of.
const fragments = [
  ...['4111111111111111', '4111 1111 1111 1111', '5500-0000-0000-0004', '4012888888881881'],
  ...['4111', '1111', '0004', '5500', '0000', '41111111', '4111111111111112', '41', '7'],
  ...[' ', '-', '  ', '. ', 'a', 'secre', 'secret', 't', 'Secret', 'Merger', 'Merge', 'confid', 'ential'],
  ...['confidential', 'intern', 'al', 'internal', 'plain prose without anything. ', '\n', ''],
];

// Park and Miller's generator: enough to mix fragments.
function lehmer(seed: number): () => number {
  let state = seed % 2_147_483_647 || 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state;
  };
}
