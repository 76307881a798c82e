import type { Run } from '../../results/schema/index.js';
import { type WarningGroup, warningGroupsOf } from '../content/warnings.js';
import { counted } from '../format/number.js';
import { clipped } from '../format/text.js';
import { folded } from './fold.js';
import { html, type Markup, none } from './markup.js';

const longestLine = 240;

function messagesOf({ code, messages }: WarningGroup): Markup {
  const [first = '', ...others] = messages;
  if (others.length === 0 && first.length <= longestLine) return html`<code>${code}</code> ${first}`;
  const list = html`<ul>${messages.map(
    (message) => html`<li>${message}</li>
`,
  )}</ul>`;
  const times = others.length === 0 ? none : html` ${counted(messages.length, 'time')}:`;
  return folded(html`<code>${code}</code>${times} ${clipped(first, longestLine)}`, list);
}

/** The warnings by code: many of one, or a long one, are folded under the first. */
export function warningList(run: Run): Markup {
  if (run.warnings.length === 0) return html`<p>None.</p>`;
  return html`<ul class="arms">${warningGroupsOf(run).map(
    (group) =>
      html`<li>${messagesOf(group)}${group.next.map((next) => html`<span class="next">${next}</span>`)}</li>
`,
  )}</ul>`;
}
