import { type Load, type Sample, tellsLatency } from '../schema/index.js';
import { closedWidth, openWidth, readRow, type Slice, windowNsAt, writeRow } from './slice.js';

/**
 * The slices of one arm under one load in one restart, folded: some hundred bytes each. Histograms are kept of those that latency is
 * told of, and a restart has few of these; `slicesOf` gives all of it back.
 */
export interface Cell {
  readonly arm: string;
  readonly restart: number;
  /** Which resumption wrote them; 0 where none did. */
  readonly attempt: number;
  readonly purpose: Sample['purpose'];
  readonly load: Load;
  readonly slices: number;
  /** Sums over the slices. */
  readonly served: number;
  readonly bad: number;
  /** What was wrong first, and the place of that slice in the run. */
  readonly badExample: { readonly place: number; readonly text: string } | null;
  /** Where CPU was read from, but for threads' own counts. */
  readonly cpuSources: readonly NonNullable<Sample['cpuSource']>[];
  /** A row a slice, with room for more. */
  readonly numbers: Float64Array;
  /** Null where no latency is told of these slices. */
  readonly histograms: readonly string[] | null;
}

/** A cell that slices are still added to. */
type Growing = { -readonly [K in keyof Cell]: Cell[K] } & { histograms: string[] | null };

/** Samples of a run, folded: its memory grows with arms and restarts, and little with the rounds of each. */
export interface SliceTable {
  /** In the order of their first slices. */
  readonly cells: readonly Cell[];
  add(sample: Sample): void;
  /** Only the cells that this holds of. They are the same ones: of the two tables add to one. */
  where(holds: (cell: Cell) => boolean): SliceTable;
}

/** A table of these samples, to which others can be added. */
export function sliceTable(samples: Iterable<Sample> = []): SliceTable {
  const table = tableOf([], 0);
  for (const sample of samples) table.add(sample);
  return table;
}

function tableOf(cells: Growing[], begin: number): SliceTable {
  const ofArm = new Map<string, Growing[]>();
  let place = begin;
  const list = (cell: Growing) => {
    const own = ofArm.get(cell.arm);
    if (own) own.push(cell);
    else ofArm.set(cell.arm, [cell]);
  };
  cells.forEach(list);
  return {
    cells,
    add(sample) {
      let cell = ofArm.get(sample.arm)?.findLast((one) => isIn(one, sample));
      if (cell === undefined) {
        cell = emptyCell(sample);
        cells.push(cell);
        list(cell);
      }
      addTo(cell, sample, place);
      place += 1;
    },
    where: (holds) => tableOf(cells.filter(holds), place),
  };
}

function isIn(cell: Cell, { restart, attempt = 0, purpose, load }: Sample): boolean {
  return (
    cell.restart === restart &&
    cell.attempt === attempt &&
    cell.purpose === purpose &&
    isSameLoad(cell.load, load)
  );
}

function isSameLoad(a: Load, b: Load): boolean {
  if (a.workers !== b.workers) return false;
  if (a.loop === 'open') return b.loop === 'open' && a.rps === b.rps;
  return b.loop === 'closed' && a.connections === b.connections;
}

const slicesAtFirst = 2;

function emptyCell({ arm, restart, attempt = 0, purpose, load }: Sample): Growing {
  return {
    arm,
    restart,
    attempt,
    purpose,
    load,
    slices: 0,
    served: 0,
    bad: 0,
    badExample: null,
    cpuSources: [],
    numbers: new Float64Array(slicesAtFirst * widthOf(load)),
    histograms: tellsLatency({ purpose, load }) ? [] : null,
  };
}

function addTo(cell: Growing, sample: Sample, place: number): void {
  const at = cell.slices * widthOf(cell.load);
  if (at === cell.numbers.length)
    cell.numbers = longer(cell.numbers, Math.ceil(1.5 * cell.slices) * widthOf(cell.load));
  writeRow(sample, cell.numbers, at);
  if (sample.histogram !== undefined) cell.histograms?.push(sample.histogram);
  cell.slices += 1;
  cell.served += sample.served;
  cell.bad += sample.bad;
  if (sample.badExample !== null) cell.badExample ??= { place, text: sample.badExample };
  const { cpuSource } = sample;
  if (cpuSource !== undefined && !cell.cpuSources.includes(cpuSource))
    cell.cpuSources = [...cell.cpuSources, cpuSource];
}

function longer(numbers: Float64Array, length: number): Float64Array {
  const grown = new Float64Array(length);
  grown.set(numbers);
  return grown;
}

function widthOf({ loop }: Load): number {
  return loop === 'open' ? openWidth : closedWidth;
}

/** The slices of a cell, in the order in which they were added. */
export function slicesOf({ slices, numbers, load, histograms }: Cell): Slice[] {
  const width = widthOf(load);
  return Array.from({ length: slices }, (_, row) =>
    readRow(load, numbers, row * width, histograms?.[row] ?? null),
  );
}

/** How long the window of each slice of a cell was. */
export function windowsNsOf({ slices, numbers, load }: Cell): number[] {
  const width = widthOf(load);
  return Array.from({ length: slices }, (_, row) => windowNsAt(numbers, row * width));
}
