import type { TopLevelSpec } from 'vega-lite';
import { ink } from '../palette.js';

/** A part of a sheet: one plot under another. */
export type Plot = Extract<TopLevelSpec, { vconcat: unknown[] }>['vconcat'][number];
type Layered = Extract<Plot, { layer: unknown[] }>;

/** A layer of a plot. */
export type Layer = Layered['layer'][number];

/** Width of the drawing area; with names at its left and values at its right a plot is about 500 wide. */
export const plotWidth = 230;

const rowHeight = 22;
/** Share of a row that is left free between bars. */
export const rowGap = 0.3;

// As Vega measures names at 12 px: a longer one would push its plot out of line with the others.
const characterWidth = 6.9;

/** Metric-compatible fonts first, so that widths agree between the PNG and a browser. */
export const fontFamily = 'Arimo, Arial, Helvetica, sans-serif';

/** What a plot of one row per variant is made of. */
export interface PlotParts {
  readonly title: string;
  readonly subtitle: string;
  /** Names of the rows, from the top. */
  readonly variants: readonly string[];
  readonly domain: readonly [number, number];
  readonly axisTitle: string;
  readonly layers: readonly Layer[];
}

/** Room for the names, equal in all plots of a sheet so that their zero lines stand under each other. */
export function nameColumn(variants: readonly string[]): number {
  const longest = variants.reduce((most, { length }) => Math.max(most, length), 8);
  return Math.min(230, Math.ceil(longest * characterWidth));
}

/** The axis of a column of names that is so many pixels wide. */
export function nameAxis(names: number) {
  return {
    minExtent: names,
    maxExtent: names,
    labelLimit: names + 10,
    grid: false,
    domain: false,
    ticks: false,
  };
}

/** An axis with exactly these ticks: Vega leaves some out where it finds them too many. */
export function tickAxis(ticks: readonly number[]) {
  return { values: [...ticks], tickCount: ticks.length, labelOverlap: false };
}

/** A plot with a row for each variant. */
export function plot(parts: PlotParts, names: number): Plot {
  return {
    title: { text: parts.title, subtitle: parts.subtitle },
    width: plotWidth,
    height: parts.variants.length * rowHeight,
    layer: [...parts.layers],
    encoding: {
      y: {
        field: 'variant',
        type: 'nominal',
        title: null,
        scale: { type: 'band', domain: [...parts.variants], paddingInner: rowGap, paddingOuter: rowGap / 2 },
        axis: nameAxis(names),
      },
      x: {
        type: 'quantitative',
        title: parts.axisTitle,
        scale: { domain: [...parts.domain], nice: false, zero: false },
      },
    },
  };
}

/** All plots of a chart under one title, in so many columns, with the look that every chart shares. */
export function sheet(
  title: string,
  subtitle: readonly string[],
  alt: string,
  plots: Plot[],
  columns = 1,
): TopLevelSpec {
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    description: alt,
    title: {
      text: title,
      subtitle: [...subtitle],
      fontSize: 15,
      subtitleFontSize: 11.5,
      offset: 14,
      subtitlePadding: 5,
    },
    background: ink.paper,
    padding: 14,
    ...(columns === 1 ? { vconcat: plots } : { concat: plots, columns }),
    config: {
      aria: false,
      font: fontFamily,
      view: { stroke: null },
      concat: { spacing: 18 },
      title: {
        anchor: 'start',
        color: ink.text,
        subtitleColor: ink.muted,
        fontSize: 12.5,
        subtitleFontSize: 11,
        subtitlePadding: 3,
        offset: 7,
      },
      axis: {
        labelColor: ink.text,
        titleColor: ink.muted,
        titleFontWeight: 'normal',
        gridColor: ink.grid,
        tickColor: ink.grid,
        domainColor: ink.grid,
        labelFontSize: 12,
        titleFontSize: 11,
        labelPadding: 5,
      },
      axisX: { tickCount: 5, labelFlush: false },
    },
  };
}
