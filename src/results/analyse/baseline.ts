import { type ArmIdentity, isReference } from '../schema/index.js';
import type { ArmVerdict } from './arm-status.js';

/** An arm of the plan; `known` where its outcome is certain without starting it. */
export interface PlannedArm {
  readonly identity: ArmIdentity;
  readonly known: ArmVerdict | null;
}

/** The arm that another is compared with; null for a baseline, which is compared with none. */
export function baselineOf(arm: ArmIdentity, planned: readonly PlannedArm[]): ArmIdentity | null {
  if (isReference(arm)) return null;
  // A baseline's twin has that one for its baseline: a self-test has many.
  if (arm.class === 'baseline')
    return planned.find(({ identity }) => identity.id === arm.twinOf)?.identity ?? null;
  const found = planned.find(
    ({ identity }) =>
      isReference(identity) &&
      identity.scenario === arm.scenario &&
      identity.envoy === arm.envoy &&
      identity.runtime === arm.runtime,
  );
  return found?.identity ?? null;
}
