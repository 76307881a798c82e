import { stripVTControlCharacters } from 'node:util';

/** One line of text without control characters: what Envoy or a user wrote may hold anything. */
export function oneLine(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

/** Words in quotes where a shell needs them. */
export function shellLine(words: readonly string[]): string {
  return words
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`))
    .join(' ');
}

/** `2026-03-04 10:20 UTC` of an ISO time, the same on every machine. */
export function utcMinute(iso: string): string {
  return `${new Date(iso).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** The beginning of a text, cut between words, where it is longer than `most` characters. */
export function clipped(text: string, most: number): string {
  if (text.length <= most) return text;
  const start = text.slice(0, most - 1);
  const space = start.lastIndexOf(' ');
  return `${space > 0 ? start.slice(0, space) : start}…`;
}

/** Text in lines of at most `width` characters, each after the first with `indent` before it. */
export function wrapped(text: string, width: number, indent = ''): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of oneLine(text).split(' ')) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (joined.length <= width || line === '') {
      line = joined;
    } else {
      lines.push(line);
      line = indent + word;
    }
    // A word longer than a line (a path, a hash) is cut rather than let out of the table.
    while (line.length > width) {
      lines.push(line.slice(0, width));
      line = indent + line.slice(width);
    }
  }
  return line.trim() === '' ? lines : [...lines, line];
}
