import type { Run } from '../../results/schema/index.js';
import { aboveLimitTablesOf } from '../content/above-limit.js';
import { type Family, familiesOf, type Panel } from '../content/panels.js';
import { rungText } from '../content/rungs.js';
import { seriesTablesOf } from '../content/series.js';
import { versionTablesOf } from '../content/versions.js';
import type { DrawnChart } from '../render/index.js';
import { aboveLimitTable } from './above-limit.js';
import { folded } from './fold.js';
import { html, type Markup, none, trusted } from './markup.js';
import { seriesTable } from './series.js';
import { costTable } from './tables.js';

/** Places of the families in the page: by number, for a name may hold anything. */
export function anchorOf(place: number): string {
  return `family-${place + 1}`;
}

/** Links to the families; nothing where there is but one. */
export function familyLinks(run: Run): Markup {
  const families = familiesOf(run);
  if (families.length < 2) return none;
  const links = families.map(
    ({ name, title }, place) => html`<li><a href="#${anchorOf(place)}">${name}</a> ${title}</li>
`,
  );
  return html`<nav aria-label="Scenarios"><ul class="links">${links}</ul></nav>
`;
}

/** What each family costs: its charts, then its numbers. */
export function familyCosts(run: Run, drawn: readonly DrawnChart[]): Markup[] {
  return familiesOf(run).map((family, place) => {
    const own = drawn.filter(({ chart }) => chart.family === family.name);
    const figures = own.filter(({ chart }) => chart.rung === undefined);
    const tables = family.quantity === null ? scenarioTables(run, family) : seriesTables(run, family, own);
    return html`<h3 id="${anchorOf(place)}">${family.name}: ${family.title}</h3>
<p class="muted">${family.summary}</p>
${chartFigures(figures)}
${tables}`;
  });
}

function chartFigures(drawn: readonly DrawnChart[]): Markup {
  if (drawn.length === 0) return none;
  // The charts' colours are made for paper, so each sits on a white card in the dark, too.
  const figures = drawn.map(
    ({ chart, svg }) => html`<figure id="${chart.name}"><div>${trusted(svg)}</div>
<figcaption>Also as <code>charts/${chart.name}.svg</code>, <code>.png</code> and <code>.vl.json</code></figcaption></figure>
`,
  );
  return html`<div class="figures">${figures}</div>`;
}

function scenarioTables(run: Run, family: Family): Markup[] {
  const versions = versionTablesOf(run, family).map(seriesTable);
  const panels = family.panels.map(
    (panel) => html`${
      panel.suffix === ''
        ? none
        : html`<h4>${panel.suffix}</h4>
`
    }${costTable(run, panel)}
`,
  );
  // Of several Envoys the table over all of them says most; those of each are folded away.
  return versions.length === 0
    ? panels
    : [...versions, folded(`Each Envoy by itself, with throughput, latency and memory`, panels)];
}

/** The series as a whole; what is the same at every rung is folded away. */
function seriesTables(run: Run, family: Family, drawn: readonly DrawnChart[]): Markup[] {
  return [
    ...seriesTablesOf(run, family).map(seriesTable),
    ...versionTables(run, family),
    rungTables(run, family, drawn),
    ...aboveLimitTablesOf(family).map(aboveLimitTable),
  ];
}

/** Each rung over the Envoys of the run; nothing where it has one. */
function versionTables(run: Run, family: Family): Markup[] {
  const tables = versionTablesOf(run, family).map(seriesTable);
  return tables.length === 0 ? [] : [folded(`Each rung of ${family.name} on each Envoy`, tables)];
}

function rungTables(run: Run, { name, panels }: Family, drawn: readonly DrawnChart[]): Markup {
  const tables = panels.map((panel, place) => {
    const { scenario } = panel;
    // A chart is of all the Envoys of its rung, and stands by the last of them.
    const isLast = panels[place + 1]?.scenario !== scenario;
    const figures = drawn.filter(({ chart }) => isLast && chart.rung === scenario.name);
    return html`<h4>${rungTitle(panel)}</h4>
${costTable(run, panel)}
${chartFigures(figures)}`;
  });
  return folded(`Each rung of ${name} by itself, with throughput, latency and memory`, tables);
}

function rungTitle({ title, scenario: { rung } }: Panel): string {
  return rung === null ? title : `${rungText(rung)} (${title})`;
}
