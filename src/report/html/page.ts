import type { Run } from '../../results/schema/index.js';
import { type Beside, nothingBeside } from '../beside.js';
import {
  askedOf,
  type Fact,
  fingerprintOf,
  type NoiseFact,
  noiseFacts,
  reproduceCommand,
} from '../content/facts.js';
import { headlineOf, noticeOf } from '../content/headline.js';
import { shortfallColumns, shortfallsOf } from '../content/shortfalls.js';
import { type Matrix, matricesOf } from '../content/told-apart.js';
import { type Unmeasured, unmeasuredOf } from '../content/unmeasured.js';
import { counted } from '../format/number.js';
import type { DrawnChart } from '../render/index.js';
import { besideMarkup } from './beside.js';
import { claimsSection } from './claims/index.js';
import { claimsStyle } from './claims/style.js';
import { decisionSection } from './decision.js';
import { effortSection } from './effort.js';
import { familyCosts, familyLinks } from './families.js';
import { folded } from './fold.js';
import {
  type EmbeddedChart,
  type Interactive,
  makeInteractive,
  type PageScript,
} from './interactive/index.js';
import { html, type Markup, none, trusted } from './markup.js';
import { runChartSection } from './run-chart.js';
import { style } from './style.js';
import { groupedStyle } from './style-grouped.js';
import { apartTable } from './tables.js';
import { warningList } from './warnings.js';

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

function headline(run: Run): Markup {
  const [first = '', ...others] = headlineOf(run);
  const list = html`<ul class="headline">${others.map(
    (each) => html`<li>${each}</li>
`,
  )}</ul>`;
  return html`<p class="headline">${first}</p>${others.length === 0 ? none : list}`;
}

// As many tables as fit on a screen or two; more of them hide what comes after.
const mostOpenMatrices = 3;

function toldApart(run: Run): Markup {
  const matrices = matricesOf(run);
  if (matrices.length === 0) {
    const why = run.plan.intervals ? 'No two arms of this run were compared.' : `${noticeOf(run)}.`;
    return html`<p>${why}</p>`;
  }
  const isShort = matrices.length <= mostOpenMatrices;
  const open = (matrix: Matrix) => html`<div><h3>${matrix.panel.title}</h3>
${apartTable(matrix)}</div>`;
  const shut = (matrix: Matrix) =>
    folded(`${matrix.panel.title}: ${matrix.apart} of ${counted(matrix.all, 'pair')}`, apartTable(matrix));
  return html`<p>Each pair is compared directly, restart by restart, by its total CPU per request.
<code>&lt;</code>: the row costs less than the column; <code>&gt;</code>: it costs more; <code>≈</code>: as good as the same;
<code>?</code>: this run can't tell.</p>
<div class="panels">${matrices.map(isShort ? open : shut)}</div>`;
}

function noise(run: Run): Markup {
  const { classes, rungs } = noiseFacts(run);
  if (classes.length + rungs.length === 0) return html`<p>${noticeOf(run)}.</p>`;
  const list = (facts: readonly NoiseFact[]) =>
    factList(
      facts.map(
        ({ name, text, pairs }): Fact => [
          name,
          pairs.length === 0 ? text : `${text} (from ${pairs.join(', ')}, each against its copy)`,
        ],
      ),
    );
  const ofRungs = rungs.length === 0 ? none : folded('Each rung of a series has its own', list(rungs));
  return html`<p>The furthest that identical arms came from each other in this run. A smaller overhead is marked
“within noise”, and nothing below it is ranked.</p>
${classes.length === 0 ? none : list(classes)}${ofRungs}`;
}

function unmeasured(run: Run): Markup {
  const groups = unmeasuredOf(run);
  if (groups.length === 0) return html`<p>None: every arm has numbers.</p>`;
  const item = ({ variants, scenarios, status, reason }: Unmeasured) =>
    html`<li><strong>${variants.join(', ')}</strong> in ${scenarios.join(', ')} (<span class="status ${status}">${status}</span>): ${reason}</li>
`;
  return html`<ul class="arms">${groups.map(item)}</ul>`;
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
${folded(
  counted(rows.length, 'arm'),
  html`<div class="scroll" tabindex="0"><table class="costs" aria-label="Arms that fell short of the precision">
<thead><tr>${heads}</tr></thead><tbody>${body}</tbody></table></div>`,
)}`,
  );
}

function reproduce(run: Run): Markup {
  return html`<p>The same schedule with the same seed:</p><pre><code>${reproduceCommand(run)}</code></pre>
<p>This report again, from the stored run alone: <code>filterbench report ${run.id}</code>.
Every number comes from <code>samples.ndjson</code> and <code>evidence.ndjson</code> beside it.</p>`;
}

/** Charts with rows that a reader can choose from: those of what is beside a run have none. */
function interactiveParts(
  run: Run,
  drawn: readonly DrawnChart[],
  script: PageScript | null,
): Interactive | null {
  const charts = drawn.filter(
    ({ chart, specJson }) => chart.family !== null || /"mechanism":/.test(specJson),
  );
  if (script === null || charts.length === 0) return null;
  const specs = charts.map(({ chart: { name, spec } }) => ({
    name,
    spec: spec as unknown as EmbeddedChart['spec'],
  }));
  const arms = run.arms.filter((arm) => arm.class !== 'baseline' && arm.twinOf === null);
  return makeInteractive(specs, arms, script);
}

/**
 * The whole report as one file that needs nothing else: no network, and no script but its own.
 * @param script makes charts interactive, which are pictures without it; null for a page of pictures alone
 */
export function reportHtml(
  run: Run,
  drawn: readonly DrawnChart[],
  beside: Beside = nothingBeside,
  script: PageScript | null = null,
): string {
  const interactive = interactiveParts(run, drawn, script);
  const scripts = interactive === null ? '' : `; script-src ${interactive.scriptSource}`;
  const notice =
    run.status === 'complete'
      ? none
      : html`<p class="notice">This run is ${run.status}; it shows what was measured until then.</p>`;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'${trusted(scripts)}; base-uri 'none'; form-action 'none'">
<title>Filterbench ${run.id}</title>
<style>${trusted(style + claimsStyle + groupedStyle + (interactive?.style ?? ''))}</style>
</head>
<body>
<header><h1>What each way of extending Envoy costs</h1>
<p class="muted">Filterbench run ${run.id}</p></header>
${interactive?.toolbar ?? none}<main>
${notice}${headline(run)}
${section('What was asked', factList(askedOf(run)))}
${claimsSection(run, drawn, beside)}${runChartSection(drawn, 'costs')}${decisionSection(run, beside)}
${section('Costs', [familyLinks(run), ...familyCosts(run, drawn)])}
${besideMarkup(beside, drawn)}
${effortSection(run, beside)}
${section('Arms without numbers', unmeasured(run))}
${section('Which can be told apart', toldApart(run))}
${runChartSection(drawn, 'calibration')}${section('Noise floor', noise(run))}
${shortfalls(run)}${section('Warnings', warningList(run))}
${section('Where it was measured', factList(fingerprintOf(run)))}
${section('How to make it again', reproduce(run))}
</main>
${interactive?.scripts ?? none}</body>
</html>
`;
  return page.markup;
}
