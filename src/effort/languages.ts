/** How a language writes what is no code. */
export interface Language {
  /** Comments (its first group), and the texts in which a comment's sign is none. */
  readonly tokens: RegExp;
  /** What stands before an item that only tests compile; left away where tests have files of their own. */
  readonly testItem?: RegExp;
}

const cComment = String.raw`\/\/[^\n]*|\/\*[\s\S]*?\*\/`;
const doubleQuoted = String.raw`"(?:\\[\s\S]|[^"\\\n])*"`;
const singleQuoted = String.raw`'(?:\\[\s\S]|[^'\\\n])*'`;

function tokensOf(comment: string, ...texts: readonly string[]): RegExp {
  return new RegExp([`(${comment})`, ...texts].join('|'), 'gm');
}

const rust: Language = {
  tokens: tokensOf(
    // Rust's comments nest; one inside another is as deep as anybody goes.
    String.raw`\/\/[^\n]*|\/\*(?:\/\*[\s\S]*?\*\/|(?!\*\/)[\s\S])*\*\/`,
    String.raw`\br(#*)"[\s\S]*?"\2`,
    String.raw`"(?:\\[\s\S]|[^"\\])*"`,
    // A lone apostrophe is a lifetime's.
    String.raw`'(?:\\[^\n]+?|[^'\\\n])'`,
  ),
  testItem: /#\[cfg\(test\)\]/g,
};

const c: Language = { tokens: tokensOf(cComment, doubleQuoted, singleQuoted) };

const go: Language = { tokens: tokensOf(cComment, doubleQuoted, singleQuoted, '`[^`]*`') };

const typescript: Language = {
  tokens: tokensOf(cComment, doubleQuoted, singleQuoted, String.raw`\`(?:\\[\s\S]|[^\`\\])*\``),
};

const lua: Language = {
  tokens: tokensOf(
    String.raw`--\[(=*)\[[\s\S]*?\]\2\]|--[^\n]*`,
    String.raw`\[(=*)\[[\s\S]*?\]\3\]`,
    doubleQuoted,
    singleQuoted,
  ),
};

// Only whole lines matter, and no text of ours has a line that begins with the sign.
const yaml: Language = { tokens: tokensOf(String.raw`^[ \t]*#[^\n]*`) };

const byEnding: Readonly<Record<string, Language>> = {
  rs: rust,
  c,
  h: c,
  go,
  ts: typescript,
  lua,
  yaml,
};

/** The language of a file by the ending of its name; null where it is not counted, such as a README. */
export function languageOf(path: string): Language | null {
  const ending = /\.([^./]+)$/.exec(path)?.[1];
  return (ending === undefined ? undefined : byEnding[ending]) ?? null;
}
