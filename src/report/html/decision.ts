import type { Run } from '../../results/schema/index.js';
import type { Beside } from '../beside.js';
import {
  type DecisionJob,
  decisionIntro,
  decisionSettingText,
  decisionsOf,
} from '../content/decision/index.js';
import { html, type Markup, none } from './markup.js';
import { variantTable } from './variant-table.js';

function job({ title, tables }: DecisionJob): Markup {
  const several = tables.length > 1;
  return html`<h3>${title}</h3>
${tables.map((table) => html`${several ? html`<h4>${table.title}</h4>` : none}${variantTable(table)}`)}`;
}

/** What each mechanism gives and takes, job by job; nothing where nothing is known of any. */
export function decisionSection(run: Run, { evidence }: Beside): Markup {
  const jobs = decisionsOf(run, evidence);
  if (jobs.length === 0) return none;
  return html`<section id="decision"><h2>Which one for your job?</h2>
<p>${decisionIntro} ${decisionSettingText(run)}</p>
${jobs.map(job)}
</section>
`;
}
