import { compareVersions } from '../../envoy/version.js';
import type { ArmResult, Run } from '../../results/schema/index.js';
import { type MeasuredArm, type Panel, panelsOf } from './panels.js';

/** One Envoy in one runtime, where a table has room for no more. */
export interface Setting {
  readonly envoy: string;
  readonly runtime: ArmResult['runtime'];
  /** Its panels, in the order of the run's. */
  readonly panels: readonly Panel[];
}

/** The newest Envoy of a run, in the first of its runtimes; null where the run has no arm. */
export function newestSetting(run: Run): Setting | null {
  const all = panelsOf(run);
  const [newest] = all.toSorted((a, b) => compareVersions(b.envoy, a.envoy));
  if (newest === undefined) return null;
  const { envoy, runtime } = newest;
  return {
    envoy,
    runtime,
    panels: all.filter((panel) => panel.envoy === envoy && panel.runtime === runtime),
  };
}

/** Where a variant has numbers of its own: in `headers`, else in the first scenario where it was measured. */
export interface OwnNumbers {
  readonly arm: MeasuredArm;
  readonly panel: Panel;
}

/** A variant's arm for numbers that hang little on the job, such as its start; null where it has none. */
export function ownNumbersOf({ panels }: Setting, variant: string): OwnNumbers | null {
  const found = panels.flatMap((panel) => {
    const arm = panel.measured.find((each) => each.variant === variant);
    return arm === undefined ? [] : [{ arm, panel }];
  });
  return found.find(({ panel }) => panel.scenario.name === 'headers') ?? found[0] ?? null;
}

/** What an arm and its server hold beyond the same Envoy without the filter, in MiB; null where that is not known. */
export function memoryOverMiB({ arm, panel }: OwnNumbers): number | null {
  const own = arm.memory?.pssMiB ?? null;
  const baseline = panel.baseline?.status === 'valid' ? (panel.baseline.memory?.pssMiB ?? null) : null;
  if (own === null || baseline === null) return null;
  return own + (arm.memory?.serverPssMiB ?? 0) - baseline;
}
