import * as vega from 'vega';
import { textSlack } from '../../../render/text-slack.js';

interface TextItem {
  readonly font?: string;
  readonly fontSize?: number;
  readonly fontWeight?: string | number;
}

// Vega exports `textMetrics`, though its types don't say so.
const { textMetrics } = vega as unknown as {
  textMetrics: { width: (item: TextItem, text: unknown) => number };
};

const context = document.createElement('canvas').getContext('2d');

/** Makes Vega lay text out with the room that the picture has, so that a chart in its place is as large. */
export function measureWithSlack(): void {
  if (context === null) return;
  textMetrics.width = ({ font = 'sans-serif', fontSize = 11, fontWeight = 'normal' }, text) => {
    context.font = `${fontWeight} ${fontSize}px ${font}`;
    return context.measureText(String(text ?? '').trim()).width * textSlack;
  };
}
