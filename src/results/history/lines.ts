import { floorOfArm } from '../analyse/index.js';
import { type ArmOfRun, baselineOf, likenessOf, measuredArms, type RunAt } from '../compare/index.js';
import type { Estimate, HistoryPoint, HistorySetting, HistoryValue } from '../schema/index.js';
import { filesOf, type KnownFiles } from './files.js';

/** The same arm in runs that may be compared, the oldest first. */
export interface ArmLine {
  readonly setting: number;
  /** The version, where the runs measured several Envoys; null where each had one. */
  readonly envoy: string | null;
  readonly arms: readonly ArmOfRun[];
}

/** Runs by what must be alike: unlike ones never share a number. */
export interface Settings {
  readonly settings: readonly HistorySetting[];
  /** @returns the number of a run's setting */
  readonly numberOf: (run: RunAt['run']) => number;
}

/** Numbers the settings of some runs, in the order of the runs. */
export function settingsOf(runs: readonly RunAt[]): Settings {
  const numbers = new Map<string, HistorySetting>();
  const keys = new Map<string, string>();
  for (const { run } of runs) {
    const alike = likenessOf(run);
    const key = JSON.stringify(alike);
    keys.set(run.id, key);
    if (!numbers.has(key)) numbers.set(key, { number: numbers.size + 1, alike });
  }
  return {
    settings: [...numbers.values()],
    numberOf: ({ id }) => numbers.get(keys.get(id) ?? '')?.number ?? 0,
  };
}

/**
 * Strings the arms of runs together: the same scenario, variant and runtime in one setting. What Envoys that take turns cost is not what one
 * alone does, so runs of several make lines of their own, one a version.
 * @param runs the oldest first
 * @returns lines in the order in which the newest runs list their arms
 */
export function linesOf(
  runs: readonly RunAt[],
  { numberOf }: Pick<Settings, 'numberOf'>,
  isWanted: (arm: ArmOfRun['arm'], run: RunAt['run']) => boolean,
): ArmLine[] {
  const lines = new Map<string, ArmLine & { readonly arms: ArmOfRun[] }>();
  for (const { run } of runs.toReversed()) {
    const setting = numberOf(run);
    const hasOne = new Set(run.arms.map(({ envoy }) => envoy)).size <= 1;
    for (const arm of measuredArms(run).filter((each) => isWanted(each, run))) {
      const envoy = hasOne ? null : arm.envoy;
      const key = JSON.stringify([setting, arm.scenario, arm.variant, arm.runtime, envoy]);
      const line = lines.get(key) ?? { setting, envoy, arms: [] };
      line.arms.unshift({ run, arm });
      lines.set(key, line);
    }
  }
  return [...lines.values()];
}

/** What is shown of an arm in a run. */
export function pointOf({ run, arm }: ArmOfRun, known: KnownFiles): HistoryPoint {
  const used = run.envoys.find(({ version, runtime }) => version === arm.envoy && runtime === arm.runtime);
  const floor = floorOfArm(run, arm);
  return {
    run: run.id,
    envoy: { version: arm.envoy, build: used?.build ?? null, sha256: used?.sha256 ?? null },
    totalCpuUs: intervalled(arm.overhead.totalCpuUs),
    throughputRatio: intervalled(arm.overhead.throughputRatio),
    restarts: arm.overhead.totalCpuUs.restarts,
    baselineUs: baselineOf(arm, run)?.cpu?.totalUs.estimate ?? null,
    floor: floor && { cpuUs: floor.cpuUs, throughputRatio: floor.throughputRatio },
    files: filesOf(arm.variant, run.artefacts, known),
  };
}

function intervalled({ estimate, low, high }: Estimate): HistoryValue {
  return { estimate, low, high };
}
