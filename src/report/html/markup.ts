import { escapeXml } from '../format/escape.js';

/** HTML that is already safe: only `html` and `trusted` make it. */
export interface Markup {
  readonly markup: string;
}

type Part = string | number | Markup | readonly Part[];

function rendered(part: Part): string {
  if (typeof part === 'string') return escapeXml(part);
  if (typeof part === 'number') return String(part);
  if ('markup' in part) return part.markup;
  return part.map(rendered).join('');
}

/** A template whose values are escaped, unless they are markup themselves. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return {
    markup: strings.reduce((text, string, index) => text + rendered(parts[index - 1] ?? '') + string),
  };
}

/** Markup that this program made by other means, such as an SVG. */
export function trusted(markup: string): Markup {
  return { markup };
}

/** Nothing at all. */
export const none: Markup = { markup: '' };
