/** A line of a chart's data. */
export type Row = Readonly<Record<string, unknown>>;

/** What a mark's property is told by; only what is looked at here. */
export interface Channel {
  readonly field?: string;
  readonly type?: string;
  readonly title?: string | null;
  readonly value?: unknown;
  readonly scale?: Readonly<Record<string, unknown>> | null;
  readonly axis?: Readonly<Record<string, unknown>> | null;
}

/** A layer of a plot. */
export interface LayerSpec {
  readonly name?: string;
  readonly data?: { readonly values?: readonly Row[] };
  readonly mark?: Readonly<Record<string, unknown>> & { readonly type?: string };
  readonly encoding?: Readonly<Record<string, unknown>>;
}

/** A part of a chart. */
export interface PlotSpec {
  readonly title?: { readonly text?: string; readonly subtitle?: string | readonly string[] };
  readonly width?: unknown;
  readonly height?: unknown;
  readonly layer?: readonly LayerSpec[];
  readonly encoding?: Readonly<Record<string, unknown>>;
}

/** A chart as it is written into `charts/*.vl.json`. */
export interface ChartSpec {
  readonly title?: { readonly text?: string; readonly subtitle?: readonly string[] };
  readonly vconcat?: readonly PlotSpec[];
}

/** How costs stand on their axes: `own` is as each chart was drawn. */
export type CostAxis = 'own' | 'linear' | 'log';

/** What a reader wants to see. */
export interface Choice {
  readonly hidden: ReadonlySet<string>;
  readonly axis: CostAxis;
}

/** The mechanism of a row; undefined where it is about none. */
export type MechanismOf = (row: Row) => string | undefined;

/** A channel of a layer or a plot. */
export function channel(of: LayerSpec | PlotSpec, name: string): Channel | undefined {
  const found = of.encoding?.[name];
  return typeof found === 'object' && found !== null ? (found as Channel) : undefined;
}

/** The rows of a layer. */
export function rowsOf(layer: LayerSpec): readonly Row[] {
  return layer.data?.values ?? [];
}
