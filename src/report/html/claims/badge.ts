import type { VerdictWord } from '../../../results/schema/index.js';
import { html, type Markup } from '../markup.js';

/** A word's class in the style. */
export function wordClass(word: VerdictWord): string {
  return word.replace(' ', '-');
}

/** A verdict as a coloured word. */
export function badge(word: VerdictWord): Markup {
  return html`<span class="verdict ${wordClass(word)}">${word}</span>`;
}
