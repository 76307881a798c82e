import type { Chart } from '../charts/index.js';
import { escapeMarkdown } from '../format/escape.js';

/** A chart of the whole run, which is a file beside the report, under its title; nothing where the run has none of that name. */
export function runChartPart(drawn: readonly { readonly chart: Chart }[], name: string): string[] {
  const found = drawn.find(({ chart }) => chart.name === name && chart.family === null);
  if (found === undefined) return [];
  const title = escapeMarkdown(found.chart.title);
  return [`## ${title}`, `![${title}](charts/${name}.svg)`];
}
