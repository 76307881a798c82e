import type { VariantTable } from '../content/variant-table.js';
import { escapeMarkdown } from '../format/escape.js';
import { cellText, table } from './text.js';

/** A row a variant, between what it is about and what must be known besides. */
export function variantTable({ caption, heads, rows, footnotes }: VariantTable): string[] {
  const lines = rows.map(({ arm, cells }) => [escapeMarkdown(arm.variant), ...cells.map(cellText)]);
  return [
    escapeMarkdown(caption),
    table(['Variant', ...heads.map(escapeMarkdown)], lines, 1),
    ...footnotes.map(escapeMarkdown),
  ];
}
