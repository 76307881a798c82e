import type { Run } from '../../results/schema/index.js';
import type { Beside } from '../beside.js';
import { effortTableOf } from '../content/effort.js';
import { html, type Markup, none } from './markup.js';
import { variantTable } from './variant-table.js';

/** What each variant takes to develop; nothing where that was not gathered. */
export function effortSection(run: Run, { evidence }: Beside): Markup {
  const table = effortTableOf(run, evidence);
  if (table === null) return none;
  return html`<section id="effort"><h2>${table.title}</h2>
${variantTable(table)}
</section>
`;
}
