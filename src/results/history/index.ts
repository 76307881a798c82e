import { BadInputError } from '../../errors.js';
import { suggest } from '../../suggest.js';
import type { ArmOfRun, RunAt } from '../compare/index.js';
import type { History, HistoryLine, HistoryRun, LeftOut, Run } from '../schema/index.js';
import type { KnownFiles } from './files.js';
import { partRuns } from './left-out.js';
import { type ArmLine, linesOf, pointOf, settingsOf } from './lines.js';
import { type LineSteps, stepsOf } from './steps.js';

export { fileName, type KnownFiles } from './files.js';

/** What a history is made of. */
export interface HistoryOptions {
  /** Names of scenarios or of their families; all where it is empty. */
  readonly scenarios: readonly string[];
  /** Names of mechanisms or variants; all where it is empty. */
  readonly mechanisms: readonly string[];
  /** No run that began before; null: from the first. */
  readonly since: Date | null;
  /** So many of the newest runs; null: all. */
  readonly last: number | null;
  readonly knownFiles: KnownFiles;
}

/**
 * Strings stored runs together: a line for each arm, over the runs that may be compared, and what surely changed from one to the next.
 * Pure.
 * @param runs in any order; of two copies of a run the first counts
 * @param unread what could not even be read, to be named with the rest that is left out
 * @throws BadInputError where a scenario or mechanism is in no run, or no run can be shown.
 */
export function historyOf(
  runs: readonly RunAt[],
  unread: readonly LeftOut[],
  options: HistoryOptions,
): History {
  const { shown, leftOut } = partRuns(runs);
  const all = shown.toSorted((a, b) => compareText(a.run.startedAt, b.run.startedAt));
  const young = all.filter(({ run }) => options.since === null || new Date(run.startedAt) >= options.since);
  const chosen = options.last === null ? young : young.slice(-options.last);
  refuseUnknown('--scenarios', options.scenarios, chosen.flatMap(scenarioWords));
  refuseUnknown('--mechanisms', options.mechanisms, chosen.flatMap(armWords));
  const settings = settingsOf(chosen);
  const lines = linesOf(chosen, settings, (arm, run) => isWanted(arm, run, options));
  const inLines = new Set(lines.flatMap(({ arms }) => arms.map(({ run }) => run.id)));
  const without = chosen.filter(({ run }) => !inLines.has(run.id));
  const left: LeftOut[] = [
    ...unread,
    ...leftOut,
    ...without.map(
      ({ dir }): LeftOut => ({ dir, kind: 'no-overhead', reason: 'nothing that was asked for' }),
    ),
  ];
  if (lines.length === 0) refuseEmpty(left, all.length - chosen.length);
  const confidence = Math.max(...chosen.map(({ run }) => run.plan.confidence));
  const pointed = lines.map((line) => ({
    line,
    points: line.arms.map((arm) => pointOf(arm, options.knownFiles)),
  }));
  const { lines: changes, tests } = stepsOf(pointed, confidence);
  const used = new Set(lines.map(({ setting }) => setting));
  return {
    schema: 'filterbench/history@1',
    confidence,
    tests,
    settings: settings.settings.filter(({ number }) => used.has(number)),
    runs: chosen
      .filter(({ run }) => inLines.has(run.id))
      .map(({ run, dir }) => aboutRun(run, dir, settings.numberOf(run))),
    lines: pointed.flatMap(({ line, points }, index) => lineOf(line, points, changes[index])),
    leftOut: left.toSorted((a, b) => compareText(a.dir, b.dir)),
    olderRuns: all.length - chosen.length,
  };
}

function lineOf(
  { setting, envoy, arms }: ArmLine,
  points: HistoryLine['points'],
  { steps, whole }: LineSteps = { steps: [], whole: null },
): HistoryLine[] {
  const newest = arms.at(-1)?.arm;
  if (newest === undefined) return [];
  const { scenario, mechanism, variant, class: armClass, runtime, overhead } = newest;
  const about = { scenario, mechanism, variant, class: armClass, runtime };
  return [{ ...about, envoy, setting, load: overhead.totalCpuUs.load, points, steps: [...steps], whole }];
}

function aboutRun(run: Run, dir: string, setting: number): HistoryRun {
  const { id, startedAt, filterbench, profile, envoys } = run;
  return { id, dir, startedAt, filterbench, profile, setting, envoys };
}

function isWanted(arm: ArmOfRun['arm'], run: Run, { scenarios, mechanisms }: HistoryOptions): boolean {
  const family = run.scenarios.find(({ name }) => name === arm.scenario)?.family ?? arm.scenario;
  const names = (words: readonly string[], own: readonly string[]) =>
    words.length === 0 || own.some((word) => words.includes(word));
  return names(scenarios, [arm.scenario, family]) && names(mechanisms, [arm.mechanism, arm.variant]);
}

function scenarioWords({ run }: RunAt): string[] {
  return run.scenarios.flatMap(({ name, family }) => [name, family]);
}

function armWords({ run }: RunAt): string[] {
  return run.arms.flatMap(({ mechanism, variant }) => [mechanism, variant]);
}

function refuseUnknown(flag: string, words: readonly string[], known: readonly string[]): void {
  const unknown = words.find((word) => !known.includes(word));
  if (unknown === undefined || known.length === 0) return;
  throw new BadInputError(
    `${flag} ${unknown} is in none of the runs${suggest(unknown, [...new Set(known)])}`,
    `they have ${[...new Set(known)].join(', ')}`,
  );
}

function refuseEmpty(leftOut: readonly LeftOut[], older: number): never {
  const reasons = leftOut.map(({ dir, reason }) => `  ${dir}: ${reason}`);
  const kept = older === 0 ? [] : [`  ${older} older, by --since or --last`];
  throw new BadInputError(
    `no run can be shown:\n${[...reasons, ...kept].join('\n')}`,
    'a history needs complete runs with intervals: "filterbench bench" in the profile quick or full makes them',
  );
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
