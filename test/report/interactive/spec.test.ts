import { describe, expect, it } from 'vitest';
import type { Chart } from '../../../src/report/charts/index.js';
import {
  type ChartSpec,
  type Choice,
  chosenSpec,
  type MechanismOf,
} from '../../../src/report/html/interactive/spec/index.js';
import { channel, type PlotSpec, rowsOf } from '../../../src/report/html/interactive/spec/types.js';
import { chartsOf } from '../../../src/report/index.js';
import { drawSvg } from '../../../src/report/render/svg.js';
import type { Run } from '../../../src/results/schema/index.js';
import { fixtureRun } from '../fixture-run.js';
import { seriesRun } from '../fixture-series.js';
import { versionsRun } from '../fixture-versions.js';

const asDrawn: Choice = { hidden: new Set(), axis: 'own' };
const without = (...hidden: string[]): Choice => ({ ...asDrawn, hidden: new Set(hidden) });

function lookup(run: Run): MechanismOf {
  const known = new Map(run.arms.map(({ variant, mechanism }) => [variant, mechanism]));
  return ({ mechanism, variant }) => (typeof mechanism === 'string' ? mechanism : known.get(String(variant)));
}

const chartsByRun = new Map<Run, Chart[]>();

function chartOf(run: Run, end: string): Chart {
  const charts = chartsByRun.get(run) ?? chartsOf(run);
  chartsByRun.set(run, charts);
  return charts.find(({ name }) => name.endsWith(end))!;
}

function choose(run: Run, end: string, choice: Choice): ChartSpec | null {
  return chosenSpec(chartOf(run, end).spec as unknown as ChartSpec, choice, lookup(run));
}

function plotsOf(run: Run, end: string, choice: Choice): readonly PlotSpec[] {
  return choose(run, end, choice)?.vconcat ?? [];
}

function variantsIn(plots: readonly PlotSpec[]): Set<unknown> {
  const rows = plots.flatMap(({ layer }) => layer ?? []).flatMap(rowsOf);
  return new Set(rows.map(({ variant }) => variant).filter((variant) => variant !== undefined));
}

const scaleOf = (plot: PlotSpec, axis: 'x' | 'y') => channel(plot, axis)!.scale!;

const plain = fixtureRun();
const series = seriesRun();
const bodies = series.slopes.find(({ quantity }) => quantity === 'bodyKiB')!.family;
const all: readonly (readonly [string, Run])[] = [
  ['noop-overhead-cpu', plain],
  ['noop-throughput', plain],
  ['noop-latency-unloaded', plain],
  ['noop-restarts', plain],
  ['-curves', series],
  ['-slopes', series],
  ['-versions', versionsRun()],
];

describe.each(all)('%s', (end, run) => {
  it(`${end} is as it was drawn, but for what can be pointed at`, () => {
    const spec = chartOf(run, end).spec as unknown as ChartSpec;
    const chosen = choose(run, end, asDrawn)!;
    const isTarget = ({ name = '' }) => name.startsWith('target_');
    const layers = chosen.vconcat!.flatMap(({ layer }) => layer!);
    expect(layers.filter(isTarget).length).toBeGreaterThan(0);
    const vconcat = chosen.vconcat!.map((plot) => ({
      ...plot,
      layer: plot.layer!.filter((each) => !isTarget(each)),
    }));
    expect({ ...chosen, vconcat }).toEqual(spec);
  });

  it(`${end} loses the rows of hidden mechanisms, and nothing else`, () => {
    const before = variantsIn(plotsOf(run, end, asDrawn));
    const after = variantsIn(plotsOf(run, end, without('ext-proc', 'lua')));
    const isHidden = (variant: unknown) => /^(ext-proc|lua)/.test(String(variant));
    expect([...before].some(isHidden)).toBe(true);
    expect(after).toEqual(new Set([...before].filter((variant) => !isHidden(variant))));
  });

  it(`${end} is nothing without all of its mechanisms`, () => {
    const mechanisms = run.arms.map(({ mechanism }) => mechanism);
    expect(choose(run, end, without(...mechanisms))).toBeNull();
  });

  it.each(['own', 'linear', 'log'] as const)(`${end} is drawn without a complaint, %s`, async (axis) => {
    const spec = choose(run, end, { hidden: new Set(['wasm', 'ext-authz']), axis });
    const { svg, complaints } = await drawSvg(spec as never, 'alt');
    expect(complaints).toEqual([]);
    expect(svg).not.toMatch(/NaN|undefined/);
    expect(svg).not.toContain('>wasm/rust<');
    expect(svg).toContain('>dynamic-module/rust<');
  });
});

describe('rows', () => {
  const run = plain;

  it('that go take their room along, and those that stay keep their order', () => {
    const [before] = plotsOf(run, 'noop-overhead-cpu', asDrawn);
    const [after] = plotsOf(run, 'noop-overhead-cpu', without('lua'));
    const names = scaleOf(before!, 'y').domain as string[];
    expect(scaleOf(after!, 'y').domain).toEqual(names.filter((name) => name !== 'lua'));
    expect(after!.height).toBe((Number(before!.height) / names.length) * (names.length - 1));
  });

  it('that go let the axis fit what stays', () => {
    const most = (choice: Choice) =>
      (scaleOf(plotsOf(run, 'noop-overhead-cpu', choice).at(-1)!, 'x').domain as number[])[1]!;
    expect(most(without('ext-proc'))).toBeLessThan(most(asDrawn));
    expect(most(without('cpp'))).toBe(most(asDrawn));
  });

  it('that are the last of their plot take it away', () => {
    expect(plotsOf(run, 'noop-overhead-cpu', asDrawn)).toHaveLength(2);
    expect(plotsOf(run, 'noop-overhead-cpu', without('ext-proc', 'ext-authz'))).toHaveLength(1);
  });
});

describe('an axis of logarithms', () => {
  const run = plain;
  const log: Choice = { ...asDrawn, axis: 'log' };

  it('goes through zero, where bars begin, and the chart says so', () => {
    const spec = choose(run, 'noop-overhead-cpu', log)!;
    for (const plot of spec.vconcat!) {
      const { type, constant, domain } = scaleOf(plot, 'x');
      expect(type).toBe('symlog');
      expect(constant).toBeLessThanOrEqual(1);
      expect(constant).toBeGreaterThanOrEqual(0.1);
      expect((domain as number[])[0]).toBeLessThanOrEqual(0);
      expect(channel(plot, 'x')!.axis!.values).toContain(0);
    }
    expect(spec.title!.subtitle!.join()).toMatch(/logarithms beyond ±[\d.]+ µs, straight within/);
  });

  it('has a label at zero', async () => {
    const { svg } = await drawSvg(choose(run, 'noop-overhead-cpu', log) as never, 'alt');
    expect(svg.match(/<text[^>]*>0<\/text>/g)).toHaveLength(2);
  });

  it('is not for shares of throughput', () => {
    expect(choose(run, 'noop-throughput', log)!.title).toEqual(
      choose(run, 'noop-throughput', asDrawn)!.title,
    );
    expect(scaleOf(plotsOf(run, 'noop-throughput', log)[0]!, 'x').type).toBeUndefined();
  });

  it('can be told from one that a chart has by itself', () => {
    const [own, linear] = (['own', 'linear'] as const).map(
      (axis) => choose(series, `${bodies}-curves`, { ...asDrawn, axis })!,
    );
    const types = (spec: ChartSpec) => spec.vconcat!.map((plot) => scaleOf(plot, 'y').type);
    expect(types(own!)).toContain('symlog');
    expect(types(linear!)).not.toContain('symlog');
    expect(own!.title!.subtitle!.join()).toContain('Both axes are logarithmic');
    expect(linear!.title!.subtitle!.join()).not.toContain('Both axes are logarithmic');
  });
});

describe('curves', () => {
  it('that are drawn anew with all mechanisms stand where they stood', () => {
    const run = series;
    // A mechanism that no curve has: all is made anew from what the chart holds.
    const anew = plotsOf(run, '-curves', without('none of them'));
    const before = plotsOf(run, '-curves', asDrawn);
    expect(anew.map(({ title, width, height }) => ({ title, width, height }))).toEqual(
      before.map(({ title, width, height }) => ({ title, width, height })),
    );
    expect(anew.map(({ layer }) => layer!.length)).toEqual(before.map(({ layer }) => layer!.length));
    for (const [index, plot] of anew.entries())
      expect(variantsIn([plot])).toEqual(variantsIn([before[index]!]));
  });

  it('have their names beside what stays, apart from each other', () => {
    const [plot] = plotsOf(series, '-curves', without('lua', 'wasm'));
    const texts = plot!.layer!.find((layer) => channel(layer, 'text')?.field === 'variant')!;
    const places = rowsOf(texts).map(({ to }) => Number(to));
    expect(places.length).toBeGreaterThan(0);
    for (const place of places) expect(place).toBeLessThanOrEqual(Number(plot!.height));
  });
});

it('leaves a chart of a kind that it does not know as it is', () => {
  const spec = { mark: 'bar', data: { values: [{ mechanism: 'lua' }] } } as ChartSpec;
  expect(chosenSpec(spec, without('lua'), () => 'lua')).toBe(spec);
});
