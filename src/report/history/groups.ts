import type {
  History,
  HistoryLine,
  HistoryPoint,
  HistoryRun,
  HistoryStep,
} from '../../results/schema/index.js';
import { classText } from '../charts/groups.js';
import { mechanismRank } from '../palette.js';

/** Lines that are drawn on one sheet: one scenario, class, runtime and setting. */
export interface LineGroup {
  readonly title: string;
  /** For file names and places in the page. */
  readonly id: string;
  readonly scenario: string;
  readonly setting: number;
  /** The runs that any of the lines has a point in, the oldest first: their places on the axis. */
  readonly runs: readonly HistoryRun[];
  readonly lines: readonly HistoryLine[];
}

/** The sheets of a history, scenario by scenario. */
export function groupsOf(history: History): LineGroup[] {
  const groups = new Map<string, HistoryLine[]>();
  const scenarios = [...new Set(history.lines.map(({ scenario }) => scenario))];
  for (const line of history.lines.toSorted(
    (a, b) =>
      scenarios.indexOf(a.scenario) - scenarios.indexOf(b.scenario) ||
      a.setting - b.setting ||
      (a.class === b.class ? 0 : a.class === 'external' ? 1 : -1) ||
      mechanismRank(a.mechanism) - mechanismRank(b.mechanism),
  )) {
    const key = JSON.stringify([line.scenario, line.setting, line.class, line.runtime, line.envoy]);
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  const runtimes = new Set(history.lines.map(({ runtime }) => runtime));
  const all = [...groups.values()].flatMap((lines) => groupOf(history, lines, runtimes.size > 1));
  const isTaken = (id: string, place: number) => all.findIndex((group) => group.id === id) < place;
  return all.map((group, place) =>
    isTaken(group.id, place) ? { ...group, id: `${group.id}-${place + 1}` } : group,
  );
}

function groupOf(history: History, lines: HistoryLine[], saysRuntime: boolean): LineGroup[] {
  const [first] = lines;
  if (first === undefined) return [];
  const { scenario, setting, envoy, runtime } = first;
  const inGroup = new Set(lines.flatMap(({ points }) => points.map(({ run }) => run)));
  const parts = [
    scenario,
    first.class === 'baseline' ? 'baseline' : classText(first.class),
    ...(history.settings.length > 1 ? [`setting ${setting}`] : []),
    ...(saysRuntime ? [runtime] : []),
    ...(envoy === null ? [] : [`Envoy ${envoy} of runs with several`]),
  ];
  return [
    {
      title: parts.join(' · '),
      // A stored run may come from anywhere, and its names must not lead out of the folder.
      id: parts
        .join('-')
        .replace(/[^\w.-]+/g, '-')
        .replace(/^\.+/, ''),
      scenario,
      setting,
      runs: history.runs.filter(({ id }) => inGroup.has(id)),
      lines,
    },
  ];
}

/** A single run is no history: its numbers are in its table, and a chart would say no more. */
export function isOverTime({ runs }: LineGroup): boolean {
  return runs.length > 1;
}

/** Whether anything of a step is called. */
export function isSure({ totalCpuUs, throughputRatio }: HistoryStep): boolean {
  return totalCpuUs.called || throughputRatio.called;
}

/** Changes that are sure between the same two runs. */
export interface SureChange {
  /** A creep is from end to end of lines of which no single step is sure. */
  readonly kind: 'step' | 'creep';
  readonly from: HistoryRun;
  readonly to: HistoryRun;
  /** The largest first. */
  readonly arms: readonly { readonly line: HistoryLine; readonly step: HistoryStep }[];
}

function changesOf({ steps, whole }: HistoryLine): (readonly [SureChange['kind'], HistoryStep])[] {
  const sure = steps.filter(isSure).map((step) => ['step', step] as const);
  return sure.length === 0 && whole !== null && isSure(whole) ? [['creep', whole]] : sure;
}

/** What surely changed, the newest first. */
export function sureChangesOf({ lines, runs }: History): SureChange[] {
  const byRuns = new Map<string, SureChange & { readonly arms: SureChange['arms'][number][] }>();
  for (const line of lines) {
    for (const [kind, step] of changesOf(line)) {
      const [from, to] = [step.from, step.to].map((id) => runs.find((run) => run.id === id));
      if (from === undefined || to === undefined) continue;
      const key = JSON.stringify([kind, step.from, step.to]);
      const change = byRuns.get(key) ?? { kind, from, to, arms: [] };
      change.arms.push({ line, step });
      byRuns.set(key, change);
    }
  }
  const size = ({ step }: SureChange['arms'][number]) => Math.abs(step.totalCpuUs.change);
  return [...byRuns.values()]
    .map(({ arms, ...about }) => ({ ...about, arms: arms.toSorted((a, b) => size(b) - size(a)) }))
    .toSorted((a, b) => (a.to.startedAt < b.to.startedAt ? 1 : -1));
}

/** The step that leads to a point; null for the first. */
export function stepTo({ steps }: HistoryLine, { run }: HistoryPoint): HistoryStep | null {
  return steps.find(({ to }) => to === run) ?? null;
}
