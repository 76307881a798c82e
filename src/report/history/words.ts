import { compareVersions } from '../../envoy/version.js';
import type {
  History,
  HistoryLine,
  HistoryPoint,
  HistoryRun,
  HistorySetting,
  HistoryStep,
  HistoryValue,
  LeftOutKind,
  Unlikeness,
} from '../../results/schema/index.js';
import { ratioChange, usChange } from '../compare/words.js';
import type { Interval } from '../content/interval.js';
import { absent, counted, ratio, ratioInterval, us, usPlusMinus } from '../format/number.js';
import { oneLine } from '../format/text.js';
import { isSure, type SureChange, sureChangesOf } from './groups.js';

/** `2026-03-04`, with the time where another run has the same day: the minute, or else the second. */
export function dayNamer(runs: readonly HistoryRun[]): (run: HistoryRun) => string {
  const lengths = ['2026-03-04', '2026-03-04T10:20', '2026-03-04T10:20:30'].map(({ length }) => length);
  const counts = new Map<string, number>();
  for (const start of runs.flatMap(({ startedAt }) => lengths.map((length) => startedAt.slice(0, length))))
    counts.set(start, (counts.get(start) ?? 0) + 1);
  return ({ startedAt }) => {
    const isAlone = (length: number) => (counts.get(startedAt.slice(0, length)) ?? 0) < 2;
    return startedAt.slice(0, lengths.find(isAlone) ?? lengths.at(-1)).replace('T', ' ');
  };
}

/** Both ends of a value's interval; null where it has none. */
export function intervalOf({ low, high }: HistoryValue): Interval | null {
  return low === null || high === null ? null : { low, high };
}

/** `8.15 ±0.51`: what an arm adds, in µs. */
export function addedText({ totalCpuUs }: HistoryPoint): string {
  return usPlusMinus(totalCpuUs.estimate, intervalOf(totalCpuUs));
}

/** `0.883 [0.865, 0.902]`. */
export function throughputText({ throughputRatio }: HistoryPoint): string {
  return `${ratio(throughputRatio.estimate)} ${ratioInterval(intervalOf(throughputRatio))}`.trimEnd();
}

/** `±0.82`. */
export function floorText({ floor }: HistoryPoint): string {
  return floor === null ? absent : `±${us(floor.cpuUs)}`;
}

/** `+5.43 ±0.85*`: the change from the point before, with a star where it is sure. */
export function stepText(step: HistoryStep | null): string {
  if (step === null) return absent;
  return `${usChange(step.totalCpuUs)}${step.totalCpuUs.called ? '*' : ''}`;
}

/** What the runs are, and how much surely changed: the first thing to read. */
export function headlineOf(history: History): string[] {
  const { runs, lines, settings } = history;
  const versions = [...new Set(runs.flatMap(({ envoys }) => envoys.map(({ version }) => version)))];
  const [first, last] = [runs.at(0), runs.at(-1)].map((run) => run?.startedAt.slice(0, 10) ?? '');
  const span = first === last ? `of ${first}` : `from ${first} to ${last}`;
  const on = versions.toSorted(compareVersions).join(', ');
  const apart =
    settings.length === 1
      ? ''
      : ` They were measured in ${settings.length} settings, which no line joins: what they differ by is below.`;
  const changes = sureChangesOf(history);
  const sure = (kind: SureChange['kind']) =>
    changes.flatMap((change) => (change.kind === kind ? change.arms : []));
  const arms = sure('step');
  const dearer = arms.filter(({ step }) => step.totalCpuUs.called && step.totalCpuUs.change > 0).length;
  const cheaper = arms.filter(({ step }) => step.totalCpuUs.called && step.totalCpuUs.change < 0).length;
  const steps = lines.reduce((sum, line) => sum + line.steps.length, 0);
  return [
    `${counted(runs.length, 'run')} ${span} on Envoy ${on}: ${counted(lines.length, 'arm')}${runs.length > 1 ? ' over time' : ''}.${apart}`,
    steps === 0
      ? 'No arm was measured twice in one setting yet, so there is nothing to hold against each other.'
      : `Of ${counted(steps, 'step')} between neighbours ${arms.length === 0 ? 'none is' : `${arms.length} ${arms.length === 1 ? 'is' : 'are'}`} sure` +
        `${arms.length === 0 ? '' : `: ${dearer} dearer, ${cheaper} cheaper`}${otherText(arms.length - dearer - cheaper)}.${creepText(sure('creep').length)}`,
  ];
}

function creepText(count: number): string {
  if (count === 0) return '';
  return ` ${counted(count, 'arm')} moved from end to end, though no single step of ${count === 1 ? 'it' : 'them'} is sure.`;
}

function otherText(count: number): string {
  return count === 0 ? '' : `, ${count} in throughput alone`;
}

/** Stands between the run that a change led to and the one that it came from. */
export const sinceWords: Readonly<Record<SureChange['kind'], string>> = {
  step: 'after',
  creep: 'without a sure step since',
};

/** How a history is to be read. */
export function legendOf({ tests, confidence }: History): string {
  const sure = `sure at ${Math.round(confidence * 1_000) / 10} % over the ${counted(tests, 'test')} of this page (Holm)`;
  return (
    `A step is called where it is ${sure}, beyond the noise floors of both runs, also were both machines equally fast, ` +
    'and beyond three times what its line usually moves by. Where none is called, nothing is said: not that nothing ' +
    'changed. Each line is also held from end to end by the same rule, where a slow creep shows that no single step does.'
  );
}

/** Where the numbers come from. */
export const toldText =
  'Numbers are as each run told them in its run.json; nothing was made again from samples here, as "filterbench report" and "compare" do.';

/** `lua in headers`, with what else tells lines of one name apart. */
export function lineNamer({ lines }: History): (line: HistoryLine) => string {
  const alike = ({ scenario, variant }: HistoryLine) =>
    lines.filter((other) => other.scenario === scenario && other.variant === variant);
  return (line) => {
    const others = alike(line);
    const differs = (key: 'setting' | 'runtime' | 'envoy') =>
      others.some((other) => other[key] !== line[key]);
    const more = [
      ...(differs('setting') ? [`setting ${line.setting}`] : []),
      ...(differs('envoy') && line.envoy !== null ? [`Envoy ${line.envoy}`] : []),
      ...(differs('runtime') ? [line.runtime] : []),
    ];
    return oneLine(`${line.variant} in ${line.scenario}${more.length === 0 ? '' : ` (${more.join(', ')})`}`);
  };
}

/** `+5.43 ±0.85 µs of CPU (8.12 → 13.5), throughput × 0.883 [0.865, 0.902]`: what of a step is sure. */
export function sureText({ totalCpuUs, throughputRatio }: HistoryStep): string {
  const { called, from, to } = totalCpuUs;
  return [
    called ? `${usChange(totalCpuUs)} µs of CPU (${us(from)} → ${us(to)})` : '',
    throughputRatio.called ? `throughput × ${ratioChange(throughputRatio)}` : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}

/** `Envoy 1.39.3 (0a1b…) → 1.40.0 (2c3d…)`. */
export function changedText({ what, from, to }: Unlikeness): string {
  return oneLine(`${what} ${from} → ${to}`);
}

/** What became another between two runs for all of their arms, and what else was not the same. */
export function sharedChanges({ arms }: SureChange): { changed: string[]; notes: string[] } {
  const distinct = (all: Unlikeness[]) => [...new Set(all.map(changedText))];
  const all = arms.map(({ step }) => step);
  return {
    changed: distinct(all.flatMap(({ changed }) => changed.filter(({ what }) => what === 'Envoy'))),
    notes: distinct(all.flatMap(({ notes }) => notes)),
  };
}

/** Files of the filter itself that became others. */
export function changedFiles({ changed }: HistoryStep): string[] {
  return changed.filter(({ what }) => what !== 'Envoy').map(changedText);
}

/** What a setting is not alike in, compared with the first. */
export function settingDifferences(setting: HistorySetting, first: HistorySetting): string[] {
  return setting.alike.flatMap(({ what, is }) => {
    const other = first.alike.find((each) => each.what === what)?.is;
    return other === is ? [] : [oneLine(`${what}: ${is}, not ${other ?? absent}`)];
  });
}

/** Why runs are left out, in words. */
export const leftOutWords: Readonly<Record<LeftOutKind, string>> = {
  damaged: 'damaged',
  'unknown-schema': 'unknown schema',
  'not-complete': 'not complete',
  twice: 'there twice',
  'proofs-only': 'proofs only',
  calibration: 'calibration',
  'no-intervals': 'no intervals',
  'no-overhead': 'no overhead',
};

/** How many steps of a line are sure. */
export function sureCount({ steps }: HistoryLine): number {
  return steps.filter(isSure).length;
}
