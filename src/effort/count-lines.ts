import type { Language } from './languages.js';

/** How many lines of a text are code: neither blank, nor a comment and nothing else, nor part of a test. */
export function countLines(text: string, language: Language): number {
  const code = text.replace(language.tokens, (token, comment?: string) =>
    comment === undefined ? token : blanked(token),
  );
  return withoutTests(code, text, language)
    .split('\n')
    .filter((line) => /\S/.test(line)).length;
}

function blanked(text: string): string {
  return text.replace(/[^\n]/g, ' ');
}

function withoutTests(code: string, text: string, { tokens, testItem }: Language): string {
  if (testItem === undefined) return code;
  // Braces in texts are none.
  const bare = text.replace(tokens, blanked);
  let left = code;
  for (const { index } of bare.matchAll(testItem)) {
    const end = endOfItem(bare, index);
    left = left.slice(0, index) + blanked(left.slice(index, end)) + left.slice(end);
  }
  return left;
}

/** Where an item ends: at its semicolon, or at the brace that closes it. */
function endOfItem(bare: string, from: number): number {
  let depth = 0;
  for (let at = from; at < bare.length; at += 1) {
    const character = bare[at];
    if (character === '{') depth += 1;
    if (character === ';' && depth === 0) return at + 1;
    if (character !== '}') continue;
    depth -= 1;
    // The last of its block, without either.
    if (depth < 0) return at;
    // `use a::{b, c};` goes on behind its brace.
    if (depth === 0) return bare[at + 1] === ';' ? at + 2 : at + 1;
  }
  return bare.length;
}
