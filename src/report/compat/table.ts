import type { Compat, CompatCell, CompatSubject } from '../../results/schema/index.js';
import { compatNotes, noteOf } from '../content/compatibility.js';
import { blocks } from '../format/blocks.js';
import { wrapped } from '../format/text.js';

/**
 * What loads where: a row a subject and a column an Envoy, in several blocks where the width is too small; what was said is
 * numbered, and stands below.
 */
export function compatTable(compat: Compat, width: number): string[] {
  const { envoys, subjects, cells } = compat;
  const notes = compatNotes(compat);
  const textOf = (cell: CompatCell | undefined) => {
    if (!cell) return '';
    const note = noteOf(cell);
    return note === null ? cell.outcome : `${cell.outcome} ${notes.indexOf(note) + 1}`;
  };
  const rows = subjects.flatMap((subject, index) => rowsOf(subject, subjects[index - 1]));
  const columns = envoys.map(({ label }) => [
    label,
    ...rows.map(({ id }) => textOf(cells.find((cell) => cell.subject === id && cell.envoy === label))),
  ]);
  return [
    ...blocks(['', ...rows.map(({ name }) => name)], columns, width),
    '',
    ...notes.flatMap((note, index) => noteLines(index + 1, note, width)),
  ];
}

const indent = '    ';

function noteLines(number: number, note: string, width: number): string[] {
  const before = String(number).padStart(indent.length - 2);
  return wrapped(note, width - indent.length).map(
    (line, index) => `${index === 0 ? `${before}  ` : indent}${line}`,
  );
}

interface Row {
  readonly name: string;
  /** Null for the head of a group. */
  readonly id: string | null;
}

function rowsOf({ id, group, name }: CompatSubject, before: CompatSubject | undefined): Row[] {
  if (name === null) return [{ name: group, id }];
  const own = { name: `  ${name}`, id };
  return before?.group === group ? [own] : [{ name: group, id: null }, own];
}
