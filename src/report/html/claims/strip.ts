import type { VerdictPart } from '../../../results/schema/index.js';
import { html, type Markup, none } from '../markup.js';

const width = 120;
const height = 18;
const edge = 5;
const middle = height / 2;

/**
 * A small drawing of a part's effect: its interval, the line of no effect and what it is held against, on a scale of its own. The numbers
 * stand beside it, so it is hidden from screen readers.
 */
export function strip({ effect, margin, bound }: VerdictPart): Markup {
  if (effect === null) return none;
  const { estimate, low, high, unit } = effect;
  const zero = unit === 'ratio' ? 1 : 0;
  const marks = margin === null || bound === undefined ? [] : marksOf(bound, margin, zero);
  const values = [zero, estimate, low ?? estimate, high ?? estimate, ...marks];
  const least = Math.min(...values);
  const span = Math.max(...values) - least || 1;
  const x = (value: number) => Math.round(edge + ((value - least) / span) * (width - 2 * edge));
  const line = (at: number, kind: string) => html`<path class="${kind}" d="M${x(at)} 1V${height - 1}"/>`;
  const interval =
    low === null || high === null
      ? none
      : html`<path class="interval" d="M${x(low)} ${middle}H${x(high)}M${x(low)} ${middle - 3}v6M${x(high)} ${middle - 3}v6"/>`;
  return html`<svg class="strip" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" aria-hidden="true">${line(
    zero,
    'zero',
  )}${marks.map((mark) => line(mark, 'margin'))}${interval}<circle cx="${x(estimate)}" cy="${middle}" r="3"/></svg>`;
}

// A ratio is near where it is as near when it is turned around.
function marksOf(bound: 'above' | 'within', margin: number, zero: number): number[] {
  if (bound === 'above') return [zero + margin];
  return zero === 1 ? [1 / (1 + margin), 1 + margin] : [-margin, margin];
}
