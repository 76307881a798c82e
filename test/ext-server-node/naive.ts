/** A second, slow way to the same ends: what the jobs must agree with. */

const card = /(?<![0-9])(?:[0-9]{16}|[0-9]{4}([ -])[0-9]{4}\1[0-9]{4}\1[0-9]{4})(?![0-9])/y;

/** Start and end of every card number in a text, tried at each of its places. */
export function naiveCards(text: string): [start: number, end: number][] {
  return Array.from({ length: text.length }, (_, start) => start).flatMap((start): [number, number][] => {
    card.lastIndex = start;
    const found = card.exec(text)?.[0];
    return found && luhn(found.replace(/[ -]/g, '')) ? [[start, start + found.length]] : [];
  });
}

function luhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, fromRight) => {
    const weighted = Number(digit) * (1 + (fromRight % 2));
    return total + [...String(weighted)].reduce((all, each) => all + Number(each), 0);
  }, 0);
  return sum % 10 === 0;
}

/** Start and end of every occurrence of every word, tried at each place. */
export function naiveWords(text: string, words: readonly string[]): [start: number, end: number][] {
  return words.flatMap((word) =>
    Array.from({ length: text.length }, (_, start) => start)
      .filter((start) => text.slice(start, start + word.length) === word)
      .map((start): [number, number] => [start, start + word.length]),
  );
}

/** The text with a star for each character of any of these. */
export function starred(text: string, spans: readonly (readonly [start: number, end: number])[]): string {
  return [...text]
    .map((character, at) => (spans.some(([start, end]) => at >= start && at < end) ? '*' : character))
    .join('');
}
