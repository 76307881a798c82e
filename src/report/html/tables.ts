import type { ArmResult, Run } from '../../results/schema/index.js';
import type { TableCell } from '../content/cells.js';
import type { Panel } from '../content/panels.js';
import { baselineText, columns, rowsOf, type TableRow } from '../content/rows.js';
import { type Matrix, relationSign } from '../content/told-apart.js';
import { colourOf } from '../palette.js';
import { html, type Markup, none } from './markup.js';

/** A cell with what stands under its number. */
export function cellMarkup({ text, detail, remark }: TableCell): Markup {
  const below = (line: string, kind: string) =>
    line === '' ? none : html`<span class="${kind}">${line}</span>`;
  return html`<td>${text}${below(detail, 'detail')}${below(remark, 'remark')}</td>`;
}

/** What a row is found by when a reader hides a mechanism. */
export function rowMechanism({ mechanism }: Pick<ArmResult, 'mechanism'>): Markup {
  return html` data-mechanism="${mechanism}"`;
}

/** A square of the mechanism's colour. */
export function swatch({ mechanism }: Pick<ArmResult, 'mechanism'>): Markup {
  return html`<span class="swatch" style="background:${colourOf(mechanism)}"></span>`;
}

function costRow({ arm, cells }: TableRow): Markup {
  const isBaseline = arm.class === 'baseline';
  const kind = isBaseline ? 'baseline' : arm.status === 'valid' ? '' : 'without';
  // Where there is no room for the column, only a status that matters is shown.
  const narrowStatus = arm.status === 'valid' ? none : html`<span class="narrow">${arm.status}</span>`;
  const numbers = columns.map(({ key }) => cellMarkup(cells[key]));
  return html`<tr class="${kind}"${isBaseline ? none : rowMechanism(arm)}><th scope="row">${isBaseline ? none : swatch(arm)}${arm.variant}${narrowStatus}</th>
<td class="status ${arm.status}">${arm.status}</td>${numbers}</tr>
`;
}

/** The costs of all arms of a panel. */
export function costTable(run: Run, panel: Panel): Markup {
  const heads = columns.map(({ title }) => html`<th scope="col">${title}</th>`);
  const baseline = baselineText(panel);
  const caption =
    baseline === null
      ? 'Overheads are over the same Envoy without the filter, which has no valid number here.'
      : `Overheads are over the same Envoy without the filter: ${baseline}.`;
  return html`<p class="muted">${caption}</p>
<div class="scroll" tabindex="0"><table class="costs" aria-label="Costs in ${panel.title}">
<thead><tr><th scope="col">Variant</th><th scope="col" class="status">Status</th>${heads}</tr></thead>
<tbody>${rowsOf(run, panel).map(costRow)}</tbody></table></div>`;
}

/** Which arms of a panel can be told apart: a row against each column. */
export function apartTable({ panel, rows, apart, all }: Matrix): Markup {
  const heads = rows.map(({ arm }, index) => html`<th scope="col" title="${arm.variant}">${index + 1}</th>`);
  const body = rows.map(
    (
      { arm, cells },
      index,
    ) => html`<tr><th scope="row">${index + 1} ${swatch(arm)}${arm.variant}</th>${cells.map(
      ({ relation, detail }) =>
        html`<td class="${relation}" title="${detail}">${relationSign[relation]}</td>`,
    )}</tr>
`,
  );
  return html`<div class="scroll" tabindex="0"><table class="apart" aria-label="Pairs of ${panel.title}">
<caption>${apart} of ${all} pairs can be told apart</caption>
<thead><tr><td></td>${heads}</tr></thead><tbody>${body}</tbody></table></div>`;
}
