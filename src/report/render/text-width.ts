import { Resvg } from '@resvg/resvg-js';
import * as vega from 'vega';
import { escapeXml } from '../format/escape.js';
import { chartFont } from './font.js';
import { textSlack } from './text-slack.js';

// Vega guesses 0.8 em a character where node-canvas is absent, half as much again as the truth: charts would be mostly
// margin. This measures with the font that draws the PNG. Vega exports `textMetrics`, though its types don't say so.
const { textMetrics } = vega as unknown as { textMetrics: { width: MeasureWidth } };

interface TextItem {
  readonly fontSize?: number;
  readonly fontWeight?: string | number;
  readonly text?: unknown;
}
type MeasureWidth = (item: TextItem, text: unknown) => number;

const emsOfText = new Map<string, number>();

function ems(text: string, weight: string): number {
  const key = `${weight} ${text}`;
  const known = emsOfText.get(key);
  if (known !== undefined) return known;
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="9999" height="200"><text x="0" y="100" font-size="100" ` +
    `font-weight="${weight}" font-family="Arimo">${escapeXml(text)}</text></svg>`;
  const width = (new Resvg(svg, { font: chartFont() }).getBBox()?.width ?? 0) / 100;
  emsOfText.set(key, width);
  return width;
}

function isBold(weight: TextItem['fontWeight']): boolean {
  return weight === 'bold' || Number(weight) >= 600;
}

/** Makes Vega lay text out by the widths of the font that draws it. */
export function measureWithChartFont(): void {
  textMetrics.width = (item, text) => {
    const line = String(text ?? '').trim();
    return line === ''
      ? 0
      : ems(line, isBold(item.fontWeight) ? 'bold' : 'normal') * (item.fontSize ?? 11) * textSlack;
  };
}
