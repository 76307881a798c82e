import type { History, HistoryLine, HistoryRun, LeftOut } from '../../results/schema/index.js';
import { counted } from '../format/number.js';
import { folded } from '../html/fold.js';
import { html, type Markup, none, trusted } from '../html/markup.js';
import { style } from '../html/style.js';
import { swatch } from '../html/tables.js';
import { groupsOf, type LineGroup, type SureChange, sureChangesOf } from './groups.js';
import { cellsOf, columns, listedOf, olderText } from './rows.js';
import { historyStyle } from './style.js';
import {
  changedFiles,
  dayNamer,
  headlineOf,
  leftOutWords,
  legendOf,
  lineNamer,
  settingDifferences,
  sharedChanges,
  sinceWords,
  sureCount,
  sureText,
  toldText,
} from './words.js';

/** A chart of a group that was drawn. */
export interface DrawnGroup {
  readonly group: LineGroup;
  /** Where its files are, without their endings: `history-charts/1-headers`. */
  readonly path: string;
  readonly alt: string;
  readonly svg: string;
}

/** Where the report of a run is, relative to the page; null where there is none. */
export type ReportLinks = (run: HistoryRun) => string | null;

/** Many runs over time as one file that needs nothing else: no network, no script. */
export function historyHtml(history: History, drawn: readonly DrawnGroup[], linkTo: ReportLinks): string {
  const dayOf = dayNamer(history.runs);
  const link = (run: HistoryRun): Markup => {
    const href = linkTo(run);
    return href === null ? html`${dayOf(run)}` : html`<a href="${href}">${dayOf(run)}</a>`;
  };
  const [first = '', second = ''] = headlineOf(history);
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Filterbench history</title>
<style>${trusted(style + historyStyle)}</style>
</head>
<body>
<header><h1>What each way of extending Envoy costs, over time</h1></header>
<main>
<p class="headline">${first}</p>
<p class="headline">${second}</p>
<p class="muted">${toldText}</p>
${section('What surely changed', sureChanges(history, link))}
${section('The cost over time', [groupLinks(history), ...scenarios(history, drawn, link)])}
${section('Where it was measured', settings(history))}
${section('Runs that are left out', leftOut(history))}
</main>
</body>
</html>
`;
  return page.markup;
}

function section(title: string, body: Markup | readonly Markup[]): Markup {
  return html`<section><h2>${title}</h2>
${body}
</section>
`;
}

type Link = (run: HistoryRun) => Markup;

function sureChanges(history: History, link: Link): Markup {
  const changes = sureChangesOf(history);
  const nameOf = lineNamer(history);
  const arm = ({ line, step }: SureChange['arms'][number]) => {
    const files = changedFiles(step);
    return html`<li>${swatch(line)}<strong>${nameOf(line)}</strong>: ${sureText(step)}${
      files.length === 0 ? none : html`<span class="next">${files.join(', ')}</span>`
    }</li>
`;
  };
  const item = (change: SureChange) => {
    const { changed, notes } = sharedChanges(change);
    return html`<li><h3>${link(change.to)}, ${sinceWords[change.kind]} ${link(change.from)}</h3>
<p>${changed.length === 0 ? 'The same Envoy.' : `${changed.join(', ')}.`}${
      notes.length === 0 ? none : html` <span class="next">Also not the same: ${notes.join('; ')}</span>`
    }</p>
<ul class="arms">${change.arms.map(arm)}</ul></li>
`;
  };
  return html`${
    changes.length === 0 ? html`<p>Nothing is sure.</p>` : html`<ul class="changes">${changes.map(item)}</ul>`
  }
<p class="muted">${legendOf(history)}</p>`;
}

/** The place of a scenario in the page: by number, for a name may hold anything. */
function anchorOf(place: number): string {
  return `scenario-${place + 1}`;
}

function scenariosOf({ lines }: History): string[] {
  return [...new Set(lines.map(({ scenario }) => scenario))];
}

function groupLinks(history: History): Markup {
  const names = scenariosOf(history);
  if (names.length < 2) return none;
  const links = names.map(
    (name, place) => html`<li><a href="#${anchorOf(place)}">${name}</a></li>
`,
  );
  return html`<nav aria-label="Scenarios"><ul class="links">${links}</ul></nav>
`;
}

function scenarios(history: History, drawn: readonly DrawnGroup[], link: Link): Markup[] {
  return scenariosOf(history).map((scenario, place) => {
    const groups = groupsOf(history).filter((group) => group.scenario === scenario);
    const figures = drawn.filter(({ group }) => group.scenario === scenario).map(figure);
    return html`<h3 id="${anchorOf(place)}">${scenario}</h3>
${
  figures.length === 0
    ? html`<p>No run of it can be held against another yet.</p>`
    : html`<div class="figures">${figures}</div>`
}
${groups.map((group) => tables(group, link))}`;
  });
}

// The charts' colours are made for paper, so each sits on a white card in the dark, too.
function figure({ svg, path }: DrawnGroup): Markup {
  return html`<figure><div>${trusted(svg)}</div>
<figcaption>Also as <code>${path}.svg</code>, <code>.png</code> and <code>.vl.json</code></figcaption></figure>
`;
}

function tables({ lines, title, runs }: LineGroup, link: Link): Markup {
  const table = (line: HistoryLine) => {
    const sure = sureCount(line);
    const steps = sure === 0 ? '' : `, ${counted(sure, 'sure step')}`;
    return html`<h4>${swatch(line)}${line.variant}: ${counted(line.points.length, 'run')}${steps}</h4>
${lineTable(line, title, runs, link)}
`;
  };
  const what = `${counted(lines.length, 'variant')} in ${counted(runs.length, 'run')}`;
  return folded(`${title}: ${what}`, lines.map(table));
}

function lineTable(line: HistoryLine, title: string, runs: readonly HistoryRun[], link: Link): Markup {
  const heads = ['Run', ...columns].map((head) => html`<th scope="col">${head}</th>`);
  const { listed, older } = listedOf(line);
  const rows = listed.flatMap((point) => {
    const run = runs.find(({ id }) => id === point.run);
    if (run === undefined) return [];
    const cells = cellsOf(line, point, run).map(({ text, hint, isSure }) => {
      const title = hint === '' ? none : html` title="${hint}"`;
      return html`<td${isSure ? html` class="sure"` : none}${title}>${text}</td>`;
    });
    return [
      html`<tr><th scope="row">${link(run)}</th>${cells}</tr>
`,
    ];
  });
  return html`<div class="scroll" tabindex="0"><table class="costs dated" aria-label="${line.variant} in ${title}">
<thead><tr>${heads}</tr></thead><tbody>${rows}</tbody></table></div>${
    older === 0 ? none : html`<p class="muted">${olderText(older)}</p>`
  }`;
}

function settings({ settings: all, runs }: History): Markup[] {
  const [first] = all;
  if (first === undefined) return [];
  return all.map((setting) => {
    const count = runs.filter((run) => run.setting === setting.number).length;
    const differences = setting === first ? [] : settingDifferences(setting, first);
    const facts = setting.alike.map(
      ({ what, is }) => html`<dt>${what}</dt><dd>${is}</dd>
`,
    );
    const unlike =
      differences.length === 0
        ? none
        : html`<p>Unlike setting ${first.number} in:</p><ul class="arms">${differences.map((each) => html`<li>${each}</li>`)}</ul>`;
    return html`${all.length === 1 ? none : html`<h3>Setting ${setting.number}</h3>`}
${unlike}${folded(`All that is alike in ${counted(count, 'run')}`, html`<dl>${facts}</dl>`)}`;
  });
}

function leftOut({ leftOut: left, olderRuns }: History): Markup {
  const item = ({ dir, kind, reason }: LeftOut) =>
    html`<li><code>${dir}</code> (${leftOutWords[kind]}): ${reason}</li>
`;
  const older =
    olderRuns === 0
      ? none
      : html`<p>${counted(olderRuns, 'older run')}, by <code>--since</code> or <code>--last</code>.</p>`;
  if (left.length === 0) return olderRuns === 0 ? html`<p>None.</p>` : older;
  return html`${older}<ul class="arms">${left.map(item)}</ul>`;
}
