import type { ArmResult, Run, Rung } from '../../results/schema/index.js';
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
  readonly runtime: ArmResult['runtime'];
  /** The Envoy (and the runtime) where the run has several; else empty. */
  readonly suffix: string;
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
  const all = [
    ...run.scenarios,
    ...others.map((name) => ({ name, title: name, summary: '', family: name, rung: null })),
  ];
  // The rungs of a series stand together, the smallest first; all else stays where it is.
  const places = new Map<string, number>();
  for (const [place, { family }] of all.entries()) places.set(family, places.get(family) ?? place);
  const placeOf = ({ family }: Run['scenarios'][number]) => places.get(family) ?? 0;
  return all.toSorted((a, b) => placeOf(a) - placeOf(b) || (a.rung?.value ?? 0) - (b.rung?.value ?? 0));
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
      const named = severalRuntimes ? `Envoy ${envoy}, ${runtime}` : `Envoy ${envoy}`;
      const suffix = settings.length > 1 ? named : '';
      return [
        {
          title: suffix === '' ? scenario.name : `${scenario.name} · ${suffix}`,
          scenario,
          envoy,
          runtime,
          suffix,
          baseline: own.find((arm) => arm.class === 'baseline' && arm.twinOf === null) ?? null,
          arms,
          measured: arms.filter(isMeasured),
        },
      ];
    }),
  );
}

/** Panels that are read together: all rungs of a series, or one scenario by itself. */
export interface Family {
  readonly name: string;
  /** Null where it is no series: a rung by itself makes none. */
  readonly quantity: Rung['quantity'] | null;
  /** What the job is, in words. */
  readonly title: string;
  readonly summary: string;
  readonly panels: readonly Panel[];
}

/** The families of a run, in the order of its panels. */
export function familiesOf(run: Run): Family[] {
  const families = new Map<string, Panel[]>();
  for (const panel of panelsOf(run)) {
    const { name, family, rung } = panel.scenario;
    const key = rung === null ? `scenario ${name}` : `series ${rung.quantity} ${family}`;
    families.set(key, [...(families.get(key) ?? []), panel]);
  }
  return [...families.values()].flatMap(familyOf);
}

function familyOf(panels: readonly Panel[]): Family[] {
  const [first] = panels;
  if (first === undefined) return [];
  const { name, family, rung, title, summary } = first.scenario;
  const isSeries = new Set(panels.map(({ scenario }) => scenario.name)).size > 1;
  return [
    {
      name: isSeries ? family : name,
      quantity: isSeries ? (rung?.quantity ?? null) : null,
      title,
      summary,
      panels,
    },
  ];
}

/** The panels of one Envoy in one runtime together: unlike ones are never read on one line. */
export function bySetting(panels: readonly Panel[]): Panel[][] {
  const settings = new Map<string, Panel[]>();
  for (const panel of panels) {
    const key = `${panel.envoy} ${panel.runtime}`;
    settings.set(key, [...(settings.get(key) ?? []), panel]);
  }
  return [...settings.values()];
}
