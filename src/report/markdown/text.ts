import type { TableCell } from '../content/cells.js';
import type { Fact } from '../content/facts.js';
import { escapeMarkdown } from '../format/escape.js';

/** A table; the columns from `numbersFrom` on stand to the right. */
export function table(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  numbersFrom: number,
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = line(heads.map((_, index) => (index < numbersFrom ? '---' : '---:')));
  return [line(heads), rule, ...rows.map(line)].join('\n');
}

/** Facts as a list. */
export function facts(list: readonly Fact[]): string {
  return list.map(([name, value]) => `- ${escapeMarkdown(name)}: ${escapeMarkdown(value)}`).join('\n');
}

/** A cell with what stands with its number. */
export function cellText({ text, detail, remark }: TableCell): string {
  const beside = detail === '' || /^[[±]/.test(detail) ? detail : `(${detail})`;
  const parts = [text, beside, remark === '' ? '' : `(${remark})`].filter((part) => part !== '');
  return escapeMarkdown(parts.join(' '));
}
