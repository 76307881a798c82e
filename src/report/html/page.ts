import type { Run } from '../../results/schema/index.js';
import { askedOf, type Fact, fingerprintOf, noiseFacts, reproduceCommand } from '../content/facts.js';
import { headlineOf, noticeOf } from '../content/headline.js';
import { type Family, familiesOf } from '../content/panels.js';
import { rungText } from '../content/rungs.js';
import { shortfallColumns, shortfallsOf } from '../content/shortfalls.js';
import { slopeTablesOf } from '../content/slopes.js';
import { matricesOf } from '../content/told-apart.js';
import { unmeasuredOf } from '../content/unmeasured.js';
import { oneLine } from '../format/text.js';
import type { DrawnChart } from '../render/index.js';
import { html, type Markup, none, trusted } from './markup.js';
import { slopesTable } from './slopes.js';
import { style } from './style.js';
import { apartTable, costTable } from './tables.js';

function section(title: string, body: Markup | readonly Markup[]): Markup {
  return html`<section><h2>${title}</h2>
${body}
</section>
`;
}

function factList(facts: readonly Fact[]): Markup {
  const shown = (name: string, value: string) =>
    name === 'Command' ? html`<code>${value}</code>` : html`${value}`;
  return html`<dl>${facts.map(
    ([name, value]) => html`<dt>${name}</dt><dd>${shown(name, value)}</dd>
`,
  )}</dl>`;
}

function costs(run: Run): Markup[] {
  return familiesOf(run).flatMap((family) =>
    family.quantity === null ? scenarioCosts(run, family) : seriesCosts(run, family),
  );
}

function scenarioCosts(run: Run, { panels }: Family): Markup[] {
  return panels.map(
    (panel) => html`<h3>${panel.title}: ${panel.scenario.title}</h3>
<p class="muted">${panel.scenario.summary}</p>
${costTable(run, panel)}
`,
  );
}

/** The rungs of a series under one heading, with what each step adds before them. */
function seriesCosts(run: Run, family: Family): Markup[] {
  const [first] = family.panels;
  if (first === undefined) return [];
  const rungs = family.panels.map((panel) => {
    const { rung } = panel.scenario;
    const name = rung === null ? panel.title : `${rungText(rung)} (${panel.title})`;
    return html`<h4>${name}</h4>
${costTable(run, panel)}
`;
  });
  return [
    html`<h3>${family.name}: ${first.scenario.title}</h3>
<p class="muted">${first.scenario.summary}</p>
${slopeTablesOf(run, family).map(slopesTable)}`,
    ...rungs,
  ];
}

function chartFigures(drawn: readonly DrawnChart[]): Markup {
  // The charts' colours are made for paper, so each sits on a white card in the dark, too.
  const figures = drawn.map(
    ({ chart, svg }) => html`<figure id="${chart.name}"><div>${trusted(svg)}</div>
<figcaption>Also as <code>charts/${chart.name}.svg</code>, <code>.png</code> and <code>.vl.json</code></figcaption></figure>
`,
  );
  return html`<div class="figures">${figures}</div>`;
}

function toldApart(run: Run): Markup {
  const matrices = matricesOf(run);
  if (matrices.length === 0) {
    const why = run.plan.intervals ? 'No two arms of this run were compared.' : `${noticeOf(run)}.`;
    return html`<p>${why}</p>`;
  }
  return html`<p>Each pair is compared directly, restart by restart, by its total CPU per request.
<code>&lt;</code>: the row costs less than the column; <code>&gt;</code>: it costs more; <code>?</code>: this run can't tell.</p>
<div class="panels">${matrices.map(apartTable)}</div>`;
}

function noise(run: Run): Markup {
  const facts = noiseFacts(run);
  if (facts.length === 0) return html`<p>${noticeOf(run)}.</p>`;
  const list = facts.map(
    ({ name, text, pairs }): Fact => [
      name,
      pairs.length === 0 ? text : `${text} (from ${pairs.join(', ')}, each against its copy)`,
    ],
  );
  return html`<p>The furthest that identical arms came from each other in this run. A smaller overhead is marked
“within noise”, and nothing below it is ranked.</p>
${factList(list)}`;
}

function unmeasured(run: Run): Markup {
  const arms = unmeasuredOf(run);
  if (arms.length === 0) return html`<p>None: every arm has numbers.</p>`;
  return html`<ul class="arms">${arms.map(
    ({ scenario, variant, status, reason }) =>
      html`<li><strong>${variant}</strong> in ${scenario}: <span class="status ${status}">${status}</span>. ${reason}</li>
`,
  )}</ul>`;
}

function warnings(run: Run): Markup {
  if (run.warnings.length === 0) return html`<p>None.</p>`;
  return html`<ul class="arms">${run.warnings.map(
    ({ code, message, next }) =>
      html`<li><code>${code}</code> ${oneLine(message)}<br><span class="muted">${oneLine(next)}</span></li>
`,
  )}</ul>`;
}

/** Nothing where no precision was asked for, or every arm has it. */
function shortfalls(run: Run): Markup {
  const rows = shortfallsOf(run);
  if (rows.length === 0) return none;
  const heads = ['Arm', ...shortfallColumns].map((title) => html`<th scope="col">${title}</th>`);
  const body = rows.map(
    ({
      arm,
      cells,
    }) => html`<tr><th scope="row">${arm}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>
`,
  );
  return section(
    'Short of the precision',
    html`<p>These intervals are wider than was asked for; their numbers hold, within their intervals.</p>
<div class="scroll" tabindex="0"><table class="costs" aria-label="Arms that fell short of the precision">
<thead><tr>${heads}</tr></thead><tbody>${body}</tbody></table></div>`,
  );
}

function reproduce(run: Run): Markup {
  return html`<p>The same schedule with the same seed:</p><pre><code>${reproduceCommand(run)}</code></pre>
<p>This report again, from the stored run alone: <code>filterbench report ${run.id}</code>.
Every number comes from <code>samples.ndjson</code> and <code>evidence.ndjson</code> beside it.</p>`;
}

/** The whole report as one file that needs nothing else: no network, no script. */
export function reportHtml(run: Run, drawn: readonly DrawnChart[]): string {
  const notice =
    run.status === 'complete'
      ? none
      : html`<p class="notice">This run is ${run.status}; it shows what was measured until then.</p>`;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Filterbench ${run.id}</title>
<style>${trusted(style)}</style>
</head>
<body>
<header><h1>What each way of extending Envoy costs</h1>
<p class="muted">Filterbench run ${run.id}</p></header>
<main>
${notice}<p class="headline">${headlineOf(run)}</p>
${section('What was asked', factList(askedOf(run)))}
${section('Costs', costs(run))}
${section('Charts', chartFigures(drawn))}
${section('Arms without numbers', unmeasured(run))}
${section('Which can be told apart', toldApart(run))}
${section('Noise floor', noise(run))}
${shortfalls(run)}${section('Warnings', warnings(run))}
${section('Where it was measured', factList(fingerprintOf(run)))}
${section('How to make it again', reproduce(run))}
</main>
</body>
</html>
`;
  return page.markup;
}
