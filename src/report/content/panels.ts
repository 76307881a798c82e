import type { ArmResult, Run } from '../../results/schema/index.js';
import { mechanismRank } from '../palette.js';

/** An arm with numbers that count: valid, not a baseline, not the copy of an A/A pair. */
export type MeasuredArm = ArmResult & {
  readonly cpu: NonNullable<ArmResult['cpu']>;
  readonly overhead: NonNullable<ArmResult['overhead']>;
};

/** What is read together, against one baseline: a scenario on one Envoy in one runtime. */
export interface Panel {
  /** The scenario's name, with the Envoy where the run has several. */
  readonly title: string;
  readonly scenario: Run['scenarios'][number];
  readonly envoy: string;
  readonly baseline: ArmResult | null;
  /** All arms but the baseline and copies, of any status, in mechanism order. */
  readonly arms: readonly ArmResult[];
  /** Those of `arms` that have numbers. */
  readonly measured: readonly MeasuredArm[];
}

function isMeasured(arm: ArmResult): arm is MeasuredArm {
  return arm.status === 'valid' && arm.cpu !== null && arm.overhead !== null;
}

function inMechanismOrder(arms: readonly ArmResult[]): ArmResult[] {
  return arms.toSorted((a, b) => mechanismRank(a.mechanism) - mechanismRank(b.mechanism));
}

function scenariosOf(run: Run): Run['scenarios'] {
  const known = new Set(run.scenarios.map(({ name }) => name));
  const others = [...new Set(run.arms.map(({ scenario }) => scenario))].filter((name) => !known.has(name));
  return [...run.scenarios, ...others.map((name) => ({ name, title: name, summary: '' }))];
}

function settingsOf(run: Run): { envoy: string; runtime: ArmResult['runtime'] }[] {
  const settings = new Map<string, { envoy: string; runtime: ArmResult['runtime'] }>();
  for (const { version, runtime } of run.envoys)
    settings.set(`${version} ${runtime}`, { envoy: version, runtime });
  for (const { envoy, runtime } of run.arms) settings.set(`${envoy} ${runtime}`, { envoy, runtime });
  return [...settings.values()];
}

/** The panels of a run in scenario order, then Envoy order; those without any arm are left out. */
export function panelsOf(run: Run): Panel[] {
  const settings = settingsOf(run);
  const severalRuntimes = new Set(settings.map(({ runtime }) => runtime)).size > 1;
  return scenariosOf(run).flatMap((scenario) =>
    settings.flatMap(({ envoy, runtime }) => {
      const own = run.arms.filter(
        (arm) => arm.scenario === scenario.name && arm.envoy === envoy && arm.runtime === runtime,
      );
      if (own.length === 0) return [];
      const arms = inMechanismOrder(own.filter((arm) => arm.class !== 'baseline' && arm.twinOf === null));
      const suffix = severalRuntimes ? `Envoy ${envoy}, ${runtime}` : `Envoy ${envoy}`;
      return [
        {
          title: settings.length > 1 ? `${scenario.name} · ${suffix}` : scenario.name,
          scenario,
          envoy,
          baseline: own.find((arm) => arm.class === 'baseline' && arm.twinOf === null) ?? null,
          arms,
          measured: arms.filter(isMeasured),
        },
      ];
    }),
  );
}
