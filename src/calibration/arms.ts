import type { PlannedArm } from '../results/analyse/index.js';
import type { ArmIdentity, EnvoyUsed } from '../results/schema/index.js';
import type { ScenarioPlan } from '../schedule/plan.js';
import { calibrationScenario } from './scenario.js';
import type { InjectedVariant } from './variants.js';

/** An arm for each injection. */
export function calibrationArms(
  variants: readonly InjectedVariant[],
  { version, runtime }: EnvoyUsed,
): PlannedArm[] {
  const about = { scenario: calibrationScenario.name, envoy: version, runtime, twinOf: null } as const;
  const job = { scenario: calibrationScenario, envoyVersion: version };
  return variants.map((variant): PlannedArm => {
    const { id, mechanism, class: kind, injection } = variant;
    const support = variant.support(job);
    return {
      identity: {
        ...about,
        id: `${about.scenario}/${id}@${version}`,
        mechanism,
        variant: id,
        class: kind,
        injection,
      },
      known: support.status === 'supported' ? null : support,
    };
  });
}

/**
 * The arms that are judged against the same one, each such group by itself: neighbours in time share the machine's state, and
 * slices that follow each other at once resemble each other most.
 */
export function groupsOfCalibration({ arms, ...scenario }: ScenarioPlan): ScenarioPlan[] {
  const groups = new Map<string, ArmIdentity[]>();
  for (const arm of arms) {
    const key = `${arm.mechanism} ${arm.injection?.kind} ${arm.injection?.heldUs}`;
    groups.set(key, [...(groups.get(key) ?? []), arm]);
  }
  return [...groups.values()].map((group) => ({ ...scenario, arms: group }));
}
