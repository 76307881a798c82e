import fc from 'fast-check';
import { bytesOf, type Draft } from './drafts.js';

/** Random texts, rich in what is a card number or a word, or nearly is. */

const digits = [...'0123456789'];

function luhnCheckDigit(first: string): string {
  const sum = [...first].reduce((total, digit, index) => {
    const weighted = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (weighted > 9 ? weighted - 9 : weighted);
  }, 0);
  return String((10 - (sum % 10)) % 10);
}

const card = fc
  .string({ unit: fc.constantFrom(...digits), minLength: 15, maxLength: 15 })
  .map((first) => first + luhnCheckDigit(first));

const grouped = fc
  .tuple(card, fc.array(fc.constantFrom(' ', '-'), { minLength: 3, maxLength: 3 }), fc.boolean())
  .map(([number, separators, isMixed]) =>
    [0, 1, 2, 3]
      .map(
        (group) =>
          number.slice(group * 4, group * 4 + 4) + (group === 3 ? '' : separators[isMixed ? group : 0]),
      )
      .join(''),
  );

const run = fc.oneof(
  fc.string({ unit: fc.constantFrom(...digits), minLength: 1, maxLength: 32 }),
  fc.string({ unit: fc.constantFrom(...digits), minLength: 4, maxLength: 4 }),
);

// Two card numbers that share groups; a card number with a digit too many; bytes that are no UTF-8.
const odd = fc.constantFrom(
  ...[
    '0000 0000 0000 0000 0000',
    '00000000000000000',
    '4111 1111 1111 1111-1111',
    '\0',
    '\0\0',
    '\xff',
    '\xc3',
  ],
  ...[' ', '-', '  ', '- ', '.', '\r\n', '\t', bytesOf('größer – 大'), '1', '*'],
);

function piece(words: readonly string[]): fc.Arbitrary<string> {
  const word = fc.constantFrom(...words);
  const beginning = fc
    .tuple(word, fc.nat({ max: 12 }))
    .map(([whole, length]) => whole.slice(0, Math.min(length, whole.length - 1)));
  const plain = fc.constantFrom('the ', 'river', ' Blackthorn', 'x', 'quiet evening by the ', '');
  return fc.oneof(
    { arbitrary: card, weight: 1 },
    { arbitrary: grouped, weight: 2 },
    { arbitrary: run, weight: 3 },
    { arbitrary: odd, weight: 4 },
    { arbitrary: word, weight: 1 },
    { arbitrary: beginning, weight: 2 },
    { arbitrary: plain, weight: 2 },
  );
}

const harmless = fc.constantFrom(
  'the ',
  'river',
  '4111',
  '4111 1111 ',
  '-',
  '\0',
  '\xff',
  'black',
  bytesOf('大'),
);

/** A text in pieces, at whose borders it is worth to be cut; every third at most holds nothing to be found. */
export function texts(words: readonly string[]): fc.Arbitrary<Draft> {
  return fc.oneof(
    { arbitrary: fc.array(piece(words), { maxLength: 20, size: 'max' }), weight: 3 },
    { arbitrary: fc.array(harmless, { maxLength: 20, size: 'max' }), weight: 1 },
  );
}
