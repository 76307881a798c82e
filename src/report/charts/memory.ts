import type { ArmResult, Run } from '../../results/schema/index.js';
import { noticeOf } from '../content/headline.js';
import type { Family, Panel } from '../content/panels.js';
import { newestPanelsOf } from '../content/versions.js';
import { counted, dataNumber, significant } from '../format/number.js';
import { altOf } from './alt.js';
import type { ChartKind } from './chart.js';
import { bars, baselineRule, type RowValue, valueColumn, whiskers } from './layers.js';
import { type Layer, nameColumn, plot, sheet } from './plot.js';
import type { Tip } from './tips.js';

const title = 'Memory after load';

interface MemoryRow extends RowValue {
  readonly envoyMiB: number;
  readonly serverMiB: number | null;
}

function rowsOf(run: Run, { measured }: Panel): MemoryRow[] {
  return measured.flatMap((arm): MemoryRow[] => {
    const { variant, mechanism, memory } = arm;
    if (memory === null || memory.pssMiB === null) return [];
    const { pssMiB: envoyMiB, serverPssMiB: serverMiB } = memory;
    const interval = intervalOf(run, memory);
    const value = envoyMiB + (serverMiB ?? 0);
    const half = interval === null ? '' : ` ±${significant((interval.high - interval.low) / 2, 1)}`;
    const shares = serverMiB === null ? '' : ` (${significant(envoyMiB, 1)} + ${significant(serverMiB, 1)})`;
    const label = `${significant(value, 1)}${half}${shares}`;
    return [
      {
        ...{ variant, mechanism, envoyMiB, serverMiB, value: dataNumber(value) },
        ...(interval && { low: dataNumber(interval.low), high: dataNumber(interval.high) }),
        label,
        tip: memoryTip(memory, label),
      },
    ];
  });
}

function memoryTip({ total }: NonNullable<ArmResult['memory']>, said: string): Tip {
  const readings = total?.perRestart ?? [];
  return {
    estimate: `${said} MiB of PSS`,
    ...(readings.length > 0 && {
      restarts: `${readings.length}`,
      perRestart: `${readings.map((each) => significant(each, 1)).join(', ')} MiB`,
    }),
  };
}

function intervalOf(run: Run, { total }: NonNullable<ArmResult['memory']>) {
  if (!run.plan.intervals || !total || total.low === null || total.high === null) return null;
  return { low: total.low, high: total.high };
}

function baselineMiB({ baseline }: Panel): number | null {
  return baseline?.status === 'valid' ? (baseline.memory?.pssMiB ?? null) : null;
}

/** Nothing to hold them against is no chart: a PSS by itself says little. */
function panelsOf(run: Run, family: Family): Panel[] {
  return newestPanelsOf(family).filter(
    (panel) => baselineMiB(panel) !== null && rowsOf(run, panel).length > 0,
  );
}

function stackedBars(rows: readonly MemoryRow[]): Layer[] {
  const split = rows.map(({ variant, mechanism, value, envoyMiB, serverMiB, tip }) => {
    const edge = serverMiB === null ? value : dataNumber(envoyMiB);
    return { row: { variant, mechanism, ...(tip && { tip }) }, edge, value };
  });
  return [
    ...bars(split.map(({ row, edge }) => ({ ...row, from: 0, to: edge }))),
    ...bars(
      split
        .filter(({ edge, value }) => edge < value)
        .map(({ row, edge, value }) => ({ ...row, from: edge, to: value })),
      0.5,
    ),
  ];
}

function subtitleOf(run: Run, panels: readonly Panel[]): string[] {
  const all = panels.flatMap((panel) => rowsOf(run, panel));
  const lines = ['MiB of PSS right after load; pages that several Envoys share count in parts'];
  if (all.some(({ serverMiB }) => serverMiB !== null)) {
    lines.push('Full colour: Envoy; pale, and second in brackets: the external server');
  }
  lines.push('Line: the same Envoy without the filter');
  if (!run.plan.intervals) return [...lines, noticeOf(run)];
  const isAny = all.some(({ low }) => low !== undefined);
  return [
    ...lines,
    isAny ? 'Whisker: interval of both together, one reading a restart' : 'Mean of one reading a restart',
  ];
}

/** How many restarts the readings of a panel are from; null where an older run does not say. */
function readingsOf({ measured }: Panel): number | null {
  const counts = measured.flatMap(({ memory }) => memory?.total?.perRestart.length ?? []);
  return counts.length === 0 ? null : Math.max(...counts);
}

function panelSubtitle(panel: Panel): string {
  const without = `without the filter ${significant(baselineMiB(panel) ?? 0, 1)} MiB`;
  const readings = readingsOf(panel);
  return readings === null ? without : `${without} · ${counted(readings, 'restart')}`;
}

function alt(run: Run, family: Family): string {
  return altOf(
    run,
    'Bar chart of the memory that Envoy and the external server hold after load, in MiB of PSS.',
    panelsOf(run, family).map((panel) => ({
      name: `${panel.title}, ${panelSubtitle(panel)}`,
      rows: rowsOf(run, panel),
    })),
  );
}

/** What Envoy and its server hold, beside the same Envoy without the filter. */
export const memory: ChartKind = {
  name: 'memory',
  title,
  applies: (run, family) => family.quantity === null && panelsOf(run, family).length > 0,
  spec(run, family) {
    const panels = panelsOf(run, family);
    const names = nameColumn(panels.flatMap(({ measured }) => measured.map(({ variant }) => variant)));
    const ends = panels.flatMap((panel) => [
      baselineMiB(panel) ?? 0,
      ...rowsOf(run, panel).map(({ value, high }) => high ?? value),
    ]);
    const plots = panels.map((panel) => {
      const rows = rowsOf(run, panel);
      return plot(
        {
          title: panel.title,
          subtitle: panelSubtitle(panel),
          variants: rows.map(({ variant }) => variant),
          domain: [0, dataNumber(Math.max(...ends) * 1.03)],
          axisTitle: 'MiB of PSS',
          layers: [
            ...stackedBars(rows),
            ...whiskers(rows),
            baselineRule(baselineMiB(panel) ?? 0),
            valueColumn(rows),
          ],
        },
        names,
      );
    });
    return sheet(`${family.name}: ${title}`, subtitleOf(run, panels), alt(run, family), plots);
  },
  alt,
};
