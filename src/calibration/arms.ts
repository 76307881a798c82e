import type { PlannedArm } from '../results/analyse/index.js';
import type { ArmIdentity, EnvoyUsed } from '../results/schema/index.js';
import { calibrationScenario } from './scenario.js';
import type { InjectedVariant } from './variants.js';

/** The baseline and an arm for each injection. */
export function calibrationArms(
  variants: readonly InjectedVariant[],
  { version, runtime }: EnvoyUsed,
): PlannedArm[] {
  const about = { scenario: calibrationScenario.name, envoy: version, runtime, twinOf: null } as const;
  const idOf = (variant: string) => `${about.scenario}/${variant}@${version}`;
  const baseline: ArmIdentity = {
    ...about,
    id: idOf('baseline'),
    mechanism: 'baseline',
    variant: 'baseline',
    class: 'baseline',
  };
  const job = { scenario: calibrationScenario, envoyVersion: version };
  return [
    { identity: baseline, known: null },
    ...variants.map((variant): PlannedArm => {
      const { id, mechanism, class: kind, injection } = variant;
      const support = variant.support(job);
      return {
        identity: { ...about, id: idOf(id), mechanism, variant: id, class: kind, injection },
        known: support.status === 'supported' ? null : support,
      };
    }),
  ];
}
