import type { Run } from '../../../results/schema/index.js';
import { counted } from '../../format/number.js';
import { cell, nothing, type TableCell } from '../cells.js';
import { memoryCell } from '../effort.js';
import { familiesOf, type Panel } from '../panels.js';
import { baselineText, rowsOf } from '../rows.js';
import { rungText } from '../rungs.js';
import type { Setting } from '../setting.js';
import { type SlopeRow, slopeTablesOf } from '../slopes.js';
import type { VariantTable } from '../variant-table.js';
import { addedP50Cell, costCell, throughputCell } from './costs.js';
import { representatives } from './job.js';

/** A job that is told by what scenarios measured. */
export interface MeasuredJob {
  readonly title: string;
  readonly families: readonly string[];
}

interface Column {
  readonly head: string;
  cellOf(variant: string): TableCell;
}

/** The body at which jobs on bodies are compared. */
const bodyKiB = 16;

/** What the scenarios of a job cost each mechanism; null where none of them has a number. */
export function measuredTable(
  run: Run,
  setting: Setting,
  { title, families }: MeasuredJob,
): VariantTable | null {
  const panels = families.flatMap((family) => panelOf(setting, family) ?? []);
  const measured = panels.filter((panel) =>
    representatives.some(({ variant }) => isMeasured(panel, variant)),
  );
  const [first] = measured;
  if (first === undefined) return null;
  const columns = [
    ...measured.map((panel) => cpuColumn(run, panel)),
    ...families.flatMap((family) => slopeColumn(run, setting, family)),
    ...besidesColumns(run, first),
  ];
  return {
    title,
    caption: captionOf(run, measured),
    heads: columns.map(({ head }) => head),
    rows: representatives.map((arm) => ({ arm, cells: columns.map(({ cellOf }) => cellOf(arm.variant)) })),
    footnotes: footnotesOf(families, measured),
  };
}

function isMeasured({ measured }: Panel, variant: string): boolean {
  return measured.some((arm) => arm.variant === variant);
}

/** A scenario without a rung, or the one with a body of a usual size. */
function panelOf({ panels }: Setting, family: string): Panel | null {
  const own = panels.filter(({ scenario }) => scenario.family === family);
  return own.find(({ scenario: { rung } }) => rung === null || rung.value === bodyKiB) ?? null;
}

function nameOf({ scenario: { family, rung } }: Panel): string {
  return rung === null ? family : `${family} at ${rungText(rung)}`;
}

function cpuColumn(run: Run, panel: Panel): Column {
  const rows = rowsOf(run, panel);
  return {
    head: `CPU in ${nameOf(panel)}, µs`,
    cellOf: (variant) => costCell(rows, variant),
  };
}

/** What matters besides CPU, in one of the scenarios. */
function besidesColumns(run: Run, panel: Panel): Column[] {
  const rows = rowsOf(run, panel);
  return [
    {
      head: `Added p50 in ${nameOf(panel)}, µs`,
      cellOf: (variant) => addedP50Cell(run, panel, variant),
    },
    {
      head: `Throughput in ${nameOf(panel)}, ×`,
      cellOf: (variant) => throughputCell(rows, variant),
    },
    {
      head: `Memory in ${nameOf(panel)}, MiB`,
      cellOf: (variant) => {
        const arm = panel.measured.find((each) => each.variant === variant);
        return memoryCell(arm === undefined ? null : { arm, panel });
      },
    },
  ];
}

/** What each KiB more adds; nothing where the run has no line over the family's bodies. */
function slopeColumn(run: Run, { envoy, runtime }: Setting, family: string): Column[] {
  const rows = familiesOf(run)
    .filter(({ panels }) => panels.some(({ scenario }) => scenario.family === family))
    .flatMap((each) => slopeTablesOf(run, each))
    .flatMap((table) => table.rows)
    .filter(
      ({ slope }) => slope.envoy === envoy && slope.runtime === runtime && slope.quantity === 'bodyKiB',
    );
  if (rows.length === 0) return [];
  return [
    {
      head: `Each KiB in ${family}, µs`,
      cellOf: (variant) => slopeCell(rows.find(({ slope }) => slope.variant === variant)),
    },
  ];
}

function slopeCell(row: SlopeRow | undefined): TableCell {
  if (row === undefined) return nothing;
  const { missed } = row;
  const bent = missed.length === 0 ? '' : `not straight: misses ${counted(missed.length, 'size')}`;
  return cell(row.slopeText, row.slopeInterval, row.withinNoise ? 'within noise' : bent);
}

function captionOf(run: Run, measured: readonly Panel[]): string {
  const baselines = measured.flatMap((panel) => {
    const text = baselineText(panel);
    return text === null ? [] : [`${text} in ${nameOf(panel)}`];
  });
  const over = baselines.length === 0 ? '' : `: ${baselines.join(', ')}`;
  const intervals = run.plan.intervals ? ' Brackets are intervals.' : '';
  return `What each mechanism adds to the same Envoy without the filter${over}. CPU is per request, Envoy's and the server's; memory is theirs, too.${intervals}`;
}

function footnotesOf(families: readonly string[], measured: readonly Panel[]): string[] {
  const lacking = families.filter((family) => !measured.some(({ scenario }) => scenario.family === family));
  return lacking.length === 0 ? [] : [`Not measured in this run: ${lacking.join(', ')}.`];
}
