import { z } from 'zod';
import type { ArmResult, Run } from '../../results/schema/index.js';
import { type About, about, type Missing } from '../findings.js';

/** Names of scenarios or families, or all of them. */
export const scenariosSchema = z.union([z.literal('all'), z.array(z.string()).min(1)]);
export type Scenarios = z.infer<typeof scenariosSchema>;

/** What was alive together in a run: a scenario on one Envoy in one runtime. */
export interface Place {
  readonly run: Run;
  readonly scenario: string;
  readonly envoy: string;
  readonly runtime: ArmResult['runtime'];
  /** With baselines and A/A copies. */
  readonly arms: readonly ArmResult[];
}

/** The places of runs whose scenario, or its family, is named. */
export function placesOf(runs: readonly Run[], scenarios: Scenarios): Place[] {
  return runs.flatMap((run) =>
    run.scenarios
      .filter(
        ({ name, family }) => scenarios === 'all' || scenarios.includes(name) || scenarios.includes(family),
      )
      .flatMap(({ name }) => {
        const own = run.arms.filter(({ scenario }) => scenario === name);
        const settings = new Map(
          own.map(({ envoy, runtime }) => [`${envoy} ${runtime}`, { envoy, runtime }]),
        );
        return [...settings.values()].map(({ envoy, runtime }): Place => {
          const arms = own.filter((arm) => arm.envoy === envoy && arm.runtime === runtime);
          return { run, scenario: name, envoy, runtime, arms };
        });
      }),
  );
}

/** The arm of a variant, whatever became of it; undefined where it was not planned. */
export function armOf({ arms }: Place, variant: string): ArmResult | undefined {
  return arms.find((arm) => arm.variant === variant && arm.twinOf === null);
}

/** The arm of a variant that counts. */
export function validArm(place: Place, variant: string): ArmResult | undefined {
  const arm = armOf(place, variant);
  return arm?.status === 'valid' ? arm : undefined;
}

/** What a finding at a place is about. */
export function aboutPlace(
  { run, scenario, envoy }: Place,
  subject: string,
  arms: readonly ArmResult[],
): About {
  return about(subject, { run: run.id, scenario, envoy, arms: arms.map(({ id }) => id) });
}

/** Of arms that were to run and could not: what was wrong. That a mechanism can't do a job is no part of any claim here. */
export function failuresAt(place: Place, subject: string, variants: readonly string[]): Missing[] {
  return variants.flatMap((variant): Missing[] => {
    const arm = armOf(place, variant);
    if (arm?.status !== 'invalid' && arm?.status !== 'unavailable') return [];
    const reason = `${variant} is ${arm.status}: ${arm.reason}`;
    return [{ kind: 'missing', about: aboutPlace(place, subject, [arm]), reason, essential: false }];
  });
}

/** Variants that none of the places has planned: a claim about them can't be supported. */
export function neverPlanned(
  places: readonly Place[],
  subject: string,
  variants: readonly string[],
): Missing[] {
  return variants
    .filter((variant) => places.every((place) => armOf(place, variant) === undefined))
    .map((variant): Missing => {
      const reason = `${variant} was not measured`;
      return { kind: 'missing', about: about(subject), reason, essential: true };
    });
}
