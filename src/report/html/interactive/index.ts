import type { ArmResult } from '../../../results/schema/index.js';
import { mechanismRank } from '../../palette.js';
import { html, type Markup, trusted } from '../markup.js';
import { dataId, type EmbeddedChart, type PageData, scriptSafeJson, tooltipId } from './data.js';
import type { PageScript } from './script.js';
import type { ChartSpec } from './spec/index.js';
import { interactiveStyle } from './style.js';
import { toolbar } from './toolbar.js';

export type { EmbeddedChart } from './data.js';
export { type PageScript, pageScript, readPageScript } from './script.js';

/** What makes a page's charts interactive, each for its place in the page. */
export interface Interactive {
  /** For `script-src`: the one script that may run. */
  readonly scriptSource: string;
  readonly style: string;
  /** Stands before what it filters, for it stays at the top of the window. */
  readonly toolbar: Markup;
  /** Stands last in the body. */
  readonly scripts: Markup;
}

// The picture has these words, too, and the page need not hold them twice.
function withoutWords(spec: ChartSpec): ChartSpec {
  const { description: _, $schema: __, ...drawn } = spec as ChartSpec & Readonly<Record<string, unknown>>;
  return drawn;
}

type ArmNames = Pick<ArmResult, 'variant' | 'mechanism'>;

/**
 * Makes charts that stand in a page as pictures, each in `<figure id="NAME"><div>SVG</div></figure>`, into ones that can be filtered and
 * pointed at. Rows of tables follow where they have `data-mechanism`. Pictures stay where no script runs, where it fails, and on paper.
 * @param arms whose rows the charts may have
 */
export function makeInteractive(
  charts: readonly EmbeddedChart[],
  arms: readonly ArmNames[],
  { text, sha256 }: PageScript,
): Interactive {
  const data: PageData = {
    mechanisms: [...new Map(arms.map(({ variant, mechanism }) => [variant, mechanism]))],
    charts: charts.map(({ name, spec }) => [name, withoutWords(spec)]),
  };
  const mechanisms = [...new Set(arms.map(({ mechanism }) => mechanism))];
  return {
    scriptSource: `'sha256-${sha256}'`,
    style: interactiveStyle,
    toolbar: toolbar(mechanisms.toSorted((a, b) => mechanismRank(a) - mechanismRank(b))),
    scripts: html`<div id="${tooltipId}" class="vg-tooltip" role="status"></div>
<script type="application/json" id="${dataId}">${trusted(scriptSafeJson(data))}</script>
<script>${trusted(text)}</script>
`,
  };
}
