/** A file that a page shows: its path stands in a line of its own above the block. */
export interface DocFile {
  readonly path: string;
  readonly text: string;
  /** `diff`: what changes in a file that is there. */
  readonly language: string;
}

const shownFile = /^`([\w./-]+\/[\w.-]+)`\n\n```(\w+)\n([\s\S]*?)^```$/gm;

/** All files that a page shows, in order. */
export function filesOf(page: string): DocFile[] {
  return [...page.matchAll(shownFile)].map(([, path = '', language = '', text = '']) => ({
    path,
    language,
    text,
  }));
}

/**
 * A text with the changes of a diff: what a hunk has without `+` must stand there once, and becomes what it has without `-`.
 * Hunks begin with a line `@@`.
 */
export function withDiff(text: string, diff: string): string {
  const hunks = diff.split(/^@@\n/m).filter((hunk) => hunk !== '');
  return hunks.reduce((changed, hunk) => {
    const lines = hunk.trimEnd().split('\n');
    const without = (sign: string) =>
      lines.filter((line) => !line.startsWith(sign)).map((line) => line.slice(1));
    const [before, ...more] = changed.split(`${without('+').join('\n')}\n`);
    if (before === undefined || more.length !== 1) throw new Error(`does not stand there once:\n${hunk}`);
    return `${before}${without('-').join('\n')}\n${more[0]}`;
  }, text);
}
