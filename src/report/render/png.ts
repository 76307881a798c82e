import { Resvg } from '@resvg/resvg-js';
import { ink } from '../palette.js';
import { chartFont } from './font.js';

/** An SVG as PNG at twice its size, on white. */
export function pngOf(svg: string): Buffer {
  const drawing = new Resvg(svg, {
    font: chartFont(),
    background: ink.paper,
    fitTo: { mode: 'zoom', value: 2 },
  });
  return drawing.render().asPng();
}
