import type { Article, Run, Verdict } from '../../../results/schema/index.js';
import type { Beside } from '../../beside.js';
import { articleLink, type JudgedArea, type Judgement, judgementOf } from '../../content/verdicts.js';
import type { DrawnChart } from '../../render/index.js';
import { folded } from '../fold.js';
import { html, type Markup, none } from '../markup.js';
import { badge } from './badge.js';
import { partLinks } from './links.js';
import { claimRows } from './row.js';

/** The verdicts on the article's claims; nothing where none was judged. */
export function claimsSection(run: Run, drawn: readonly DrawnChart[], beside: Beside): Markup {
  const judgement = judgementOf(run);
  if (judgement === null) return none;
  const { article, areas, untested, untestedText, opinions } = judgement;
  const linksOf = partLinks(run, drawn, beside);
  const bodies = ({ title, verdicts }: JudgedArea) =>
    html`<tbody class="area"><tr><th colspan="3" scope="rowgroup">${title}</th></tr></tbody>
${verdicts.map((verdict) => claimRows(verdict, linksOf))}`;
  const table =
    areas.length === 0
      ? none
      : html`<table class="verdicts" aria-label="Verdicts on the article's claims">
<thead><tr><th scope="col">Claim</th><th scope="col">Verdict</th><th scope="col">What decides</th></tr></thead>
${areas.map(bodies)}</table>
${legend(areas, beside)}`;
  return html`<section><h2>The article, claim by claim</h2>
<p>${articleName(article)}. Its claims are in our words; what each foretells was written down before any run, and every verdict
follows from what is stored with this run.</p>
${counts(judgement)}
${table}
${untested.length === 0 ? none : folded(untestedText, claimList(untested))}
${
  opinions.length === 0
    ? none
    : html`<h3>Opinions, not tested</h3>
${claimList(opinions)}`
}
</section>
`;
}

function articleName(article: Article): Markup {
  const { author, title, written, envoy } = article;
  const link = articleLink(article);
  const name = link === null ? html`“${title}”` : html`<a href="${link}">${title}</a>`;
  return html`${author}, ${name} (${written}, Envoy ${envoy})`;
}

function counts({ counts: all, adjusted }: Judgement): Markup {
  const each = all.map(({ word, count }) => html`<li>${count} ${badge(word)}</li>`);
  const note = adjusted === '' ? none : html`<li class="muted">${adjusted}</li>`;
  return html`<ul class="counts" aria-label="How many claims have each verdict">${each}${note}</ul>`;
}

/** How to read what is folded, and how to get at the raw lines. */
function legend(areas: readonly JudgedArea[], { compressed }: Beside): Markup {
  const isMeasured = areas.some(({ verdicts }) =>
    verdicts.some(({ parts }) => parts.some(({ effect }) => effect !== null)),
  );
  const strips = isMeasured
    ? 'Effects are drawn each on a scale of its own. Dot and bar: effect and interval; thin line: no effect; dashed: what was foretold. '
    : '';
  return html`<p class="muted">${strips}What a part rests on is named by ids of lines in files beside this report:
<code>${compressed ? 'z' : ''}grep -F '"arm":"ID"' samples.ndjson${compressed ? '.gz' : ''}</code> gives them. Cells of the matrix are in <code>compat.json</code>.</p>`;
}

function claimList(verdicts: readonly Verdict[]): Markup {
  const item = ({ claim, statement, reason, next }: Verdict) =>
    html`<li id="claim-${claim}"><code>${claim}</code> ${statement} <span class="muted">${reason}</span>${
      next === null ? none : html`<span class="next"><code>${next}</code></span>`
    }</li>
`;
  return html`<ul class="arms">${verdicts.map(item)}</ul>`;
}
