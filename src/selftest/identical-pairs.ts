import type { PlannedArm } from '../results/analyse/index.js';
import type { ArmIdentity, EnvoyUsed } from '../results/schema/index.js';
import type { ScenarioPlan } from '../schedule/plan.js';

/** Two Envoys that are alike in everything, with nothing in common with any other pair. */
export interface IdenticalPair {
  readonly reference: ArmIdentity;
  readonly twin: ArmIdentity;
}

/** Disjoint A/A pairs of the baseline: pairs that shared an arm would all be wrong together. */
export function identicalPairs(count: number, scenario: string, envoy: EnvoyUsed): IdenticalPair[] {
  return Array.from({ length: count }, (_, index) => {
    const reference: ArmIdentity = {
      id: `${scenario}/baseline@${envoy.version}#${index + 1}`,
      mechanism: 'baseline',
      variant: 'baseline',
      class: 'baseline',
      scenario,
      envoy: envoy.version,
      runtime: envoy.runtime,
      twinOf: null,
    };
    return { reference, twin: { ...reference, id: `${reference.id}+twin`, twinOf: reference.id } };
  });
}

/** Both arms of every pair. */
export function armsOfPairs(pairs: readonly IdenticalPair[]): PlannedArm[] {
  return pairs.flatMap(({ reference, twin }) => [
    { identity: reference, known: null },
    { identity: twin, known: null },
  ]);
}

/** Each pair by itself, so that only its two Envoys are alive while it is measured. */
export function scenariosOfPairs(pairs: readonly IdenticalPair[]): ScenarioPlan[] {
  return pairs.map(({ reference, twin }) => ({ scenario: reference.scenario, arms: [reference, twin] }));
}
