import type { Layer, Plot } from '../charts/plot.js';
import { ink } from '../palette.js';
import type { LineGroup } from './groups.js';
import { dayNamer } from './words.js';

export const plotWidth = 420;
const stripHeight = 17;
const stripShade = '#eef1f4';
const narrowestLabel = 40;
const mostLabels = 5;

/** Where a run stands on the axis: runs stand at equal distances, whatever lies between them. */
export function placeOf(runs: LineGroup['runs'], id: string): number {
  return runs.findIndex((run) => run.id === id);
}

/** The axis of the runs, half a place wider on both sides. */
export function scaleOf({ length }: LineGroup['runs']) {
  return { domain: [-0.5, length - 0.5], nice: false, zero: false };
}

/** Days below a plot: as many as fit. */
export function dayAxis({ runs }: LineGroup, isLast: boolean) {
  const dayOf = dayNamer(runs);
  const step = Math.max(1, Math.ceil(runs.length / mostLabels));
  // From the newest backwards: that one is always named.
  const values = runs.map((_, at) => at).filter((at) => (runs.length - 1 - at) % step === 0);
  return {
    values,
    grid: false,
    labels: isLast,
    labelExpr: `${JSON.stringify(runs.map(dayOf))}[datum.value]`,
    labelFontSize: 11,
    labelBound: false,
  };
}

/** Which Envoy the runs had, as a strip above the plots; nothing where they measured several at once. */
export function envoyStrip({ runs, lines }: LineGroup): Plot[] {
  if (lines.some(({ envoy }) => envoy !== null)) return [];
  const spans: { from: number; to: number; version: string }[] = [];
  for (const [at, { envoys }] of runs.entries()) {
    const version = [...new Set(envoys.map((envoy) => envoy.version))].join(', ');
    const last = spans.at(-1);
    if (last?.version === version) last.to = at + 0.5;
    else spans.push({ from: at - 0.5, to: at + 0.5, version });
  }
  const widthOf = (span: (typeof spans)[number]) => ((span.to - span.from) / runs.length) * plotWidth;
  const named = spans
    .filter((span) => widthOf(span) >= narrowestLabel)
    .map(({ from, to, version }) => ({ at: (from + to) / 2, version }));
  const strip = {
    width: plotWidth,
    height: stripHeight,
    title: { text: 'Envoy', fontSize: 11, fontWeight: 'normal', color: ink.muted, offset: 3 },
    layer: [
      ...[stripShade, ink.noiseBand].map(
        (color, shade): Layer => ({
          data: { values: spans.filter((_, index) => index % 2 === shade) },
          mark: { type: 'rect', stroke: ink.paper, color },
          encoding: { x: { field: 'from', type: 'quantitative' }, x2: { field: 'to' } },
        }),
      ),
      {
        data: { values: named },
        mark: { type: 'text', fontSize: 11, color: ink.text },
        encoding: { x: { field: 'at', type: 'quantitative' }, text: { field: 'version', type: 'nominal' } },
      },
    ],
    encoding: { x: { type: 'quantitative', scale: scaleOf(runs), axis: null } },
  };
  return [strip as Plot];
}
