import type { Beside } from '../beside.js';
import { besideSections } from '../content/beside-sections.js';
import type { GroupedCell, GroupedTable } from '../content/grouped-table.js';
import { escapeMarkdown } from '../format/escape.js';
import { table } from './text.js';

/** What the run's folder holds besides numbers: a section each, where there is something; charts are files beside the report. */
export function besideParts(beside: Beside): string[] {
  return besideSections(beside).flatMap(({ id, title, intro, key, table: rows, notes, remarks, chart }) => [
    `## ${escapeMarkdown(title)}`,
    escapeMarkdown(intro),
    ...(chart === null ? [] : [`![${escapeMarkdown(title)}](charts/${id}.svg)`]),
    ...(key.length === 0
      ? []
      : [key.map(({ word, meaning }) => `- **${word}**: ${escapeMarkdown(meaning)}`).join('\n')]),
    ...tables(rows),
    ...(notes.length === 0
      ? []
      : [notes.map((note, index) => `${index + 1}. ${escapeMarkdown(note)}`).join('\n')]),
    ...remarks.map(escapeMarkdown),
  ]);
}

/** A table a group: Markdown has no heads between rows. */
function tables({ columns, groups }: GroupedTable): string[] {
  const kinds = columns.map(({ kind }) => kind);
  const numbersFrom = kinds.includes('number') ? kinds.indexOf('number') : columns.length;
  return groups.flatMap(({ title, rows }) => [
    ...(title === '' ? [] : [`**${escapeMarkdown(title)}**`]),
    table(
      columns.map((column) => escapeMarkdown(column.title)),
      rows.map(({ name, detail, cells }) => [withDetail(name, detail), ...cells.map(cellText)]),
      numbersFrom,
    ),
  ]);
}

function cellText({ text, detail, note }: GroupedCell): string {
  return withDetail(note === null ? text : `${text} ${note}`, detail);
}

function withDetail(text: string, detail: string): string {
  return escapeMarkdown(detail === '' ? text : `${text} (${detail})`);
}
