import type { Variant } from '../../src/mechanisms/index.js';
import type { ArmIdentity } from '../../src/results/schema/index.js';

/** A variant as the arm of a scenario. */
export function armIdentity(
  { id, mechanism, class: armClass }: Variant,
  scenario: string,
  { envoy, runtime }: Pick<ArmIdentity, 'envoy' | 'runtime'>,
): ArmIdentity {
  return {
    id: `${scenario}/${id}`,
    mechanism,
    variant: id,
    class: armClass,
    scenario,
    envoy,
    runtime,
    twinOf: null,
  };
}
