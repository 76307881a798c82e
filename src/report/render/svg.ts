import { parse, resetSVGDefIds, View, Warn } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { escapeXml } from '../format/escape.js';
import { collectingLogger } from './logger.js';
import { measureWithChartFont } from './text-width.js';

/** An SVG, and what Vega had to say about the specification; nothing, for a good one. */
export interface DrawnSvg {
  readonly svg: string;
  readonly complaints: readonly string[];
}

// The picture is one image with one text: parts of it that have a role of their own would need one each.
const innerRoles = / (?:role="graphics-[a-z]+"|aria-roledescription="[^"<>]*")/g;

/** Draws a specification as SVG, without a browser; `alt` becomes what a screen reader says. */
export async function drawSvg(spec: TopLevelSpec, alt: string): Promise<DrawnSvg> {
  measureWithChartFont();
  const complaints: string[] = [];
  const logger = collectingLogger((complaint) => complaints.push(complaint));
  const { spec: compiled } = compile(spec, { logger });
  const view = new View(parse(compiled), { renderer: 'none', logger, logLevel: Warn });
  try {
    // Ids count up over the life of the process; a second drawing must be the same as the first.
    resetSVGDefIds();
    const svg = await view.toSVG();
    const silent = svg.replace(innerRoles, '');
    return { svg: silent.replace('<svg ', `<svg role="img" aria-label="${escapeXml(alt)}" `), complaints };
  } finally {
    view.finalize();
  }
}
