import type {
  GroupedCell,
  GroupedColumn,
  GroupedRow,
  GroupedTable,
  RowGroup,
} from '../content/grouped-table.js';
import { bufferMechanism } from '../palette.js';
import { html, type Markup, none } from './markup.js';
import { swatch } from './tables.js';

/**
 * A table in groups, whose tinted cells say their word.
 * @param id what the anchors of its notes begin with
 */
export function groupedTable({ columns, groups }: GroupedTable, title: string, id: string): Markup {
  const heads = columns.map((column) => html`<th scope="col" class="${column.kind}">${column.title}</th>`);
  return html`<div class="scroll" tabindex="0"><table class="grouped" aria-label="${title}">
<thead><tr>${heads}</tr></thead>
${groups.map((group) => groupBody(group, columns, id))}</table></div>
`;
}

function groupBody(group: RowGroup, columns: readonly GroupedColumn[], id: string): Markup {
  const { title, mechanism, rows } = group;
  const head =
    title === ''
      ? none
      : html`<tr class="group"><th scope="rowgroup" colspan="${columns.length}"><span>${colour(mechanism)}${title}</span></th></tr>
`;
  return html`<tbody>${head}${rows.map((row) => line(row, columns, id))}</tbody>
`;
}

function line(
  { name, detail, mechanism, cells }: GroupedRow,
  columns: readonly GroupedColumn[],
  id: string,
): Markup {
  return html`<tr><th scope="row">${colour(mechanism)}${name}${below(detail)}</th>${cells.map((one, index) =>
    cellMarkup(one, columns[index + 1]?.kind ?? 'word', id),
  )}</tr>
`;
}

function cellMarkup({ text, detail, hint, tint, note }: GroupedCell, kind: string, id: string): Markup {
  const number = note === null ? none : html` <sup><a href="#${noteAnchor(id, note)}">${note}</a></sup>`;
  const classes = tint === null ? kind : `${kind} tint-${tint}`;
  const title = hint === '' ? none : html` title="${hint}"`;
  return html`<td class="${classes}"${title}>${text}${number}${below(detail)}</td>`;
}

/** Where the note of a number stands. */
export function noteAnchor(id: string, note: number): string {
  return `${id}-${note}`;
}

function colour(mechanism: string | null): Markup {
  return mechanism === null || mechanism === bufferMechanism ? none : swatch({ mechanism });
}

function below(detail: string): Markup {
  return detail === '' ? none : html`<span class="detail">${detail}</span>`;
}
