import { stripVTControlCharacters } from 'node:util';

/** A terminal that shows what was written: lines as they are before they are wrapped, as one that wraps them anew when it is resized. */
export interface FakeTerminal {
  isTTY: true;
  columns: number;
  write(text: string | Uint8Array): boolean;
  /** Everything that was written, as it was. */
  written(): string;
  /** What can be seen, without empty lines at the end. */
  lines(): string[];
}

const controlBegins = '\u001b';
const pieces = new RegExp(`\r|\n|${controlBegins}\\[(?:J|1A|\\d*m)|[^\r\n${controlBegins}]+`, 'g');

export function fakeTerminal(columns: number): FakeTerminal {
  const lines: string[] = [''];
  let written = '';
  let row = 0;
  let column = 0;
  const put = (piece: string) => {
    if (piece === '\r') column = 0;
    else if (piece === '\n') {
      row += 1;
      column = 0;
      lines[row] ??= '';
    } else if (piece === '\u001b[1A') row -= 1;
    else if (piece === '\u001b[J') {
      lines.length = row + 1;
      lines[row] = lines[row]!.slice(0, column);
    } else {
      const text = stripVTControlCharacters(piece);
      lines[row] =
        lines[row]!.slice(0, column).padEnd(column) + text + lines[row]!.slice(column + text.length);
      column += text.length;
    }
  };
  return {
    isTTY: true,
    columns,
    write(text) {
      written += String(text);
      const found = String(text).match(pieces) ?? [];
      if (found.join('') !== String(text)) throw new Error(`not understood: ${JSON.stringify(text)}`);
      for (const piece of found) put(piece);
      return true;
    },
    written: () => written,
    lines: () => lines.slice(0, lines.findLastIndex((line) => line !== '') + 1),
  };
}
