import { armIdentitySchema, type Evidence, type Run } from '../schema/index.js';
import type { PlannedArm } from './baseline.js';

/**
 * The arms of a stored run as they were planned: an outcome that needed no start is kept, all others follow from the evidence. In a run
 * that was killed run.json is that of its beginning, when nothing had been started yet.
 */
export function plannedOf({ arms }: Pick<Run, 'arms'>, evidence: readonly Evidence[]): PlannedArm[] {
  const tried = new Set(evidence.map(({ arm }) => arm));
  return arms.map((arm) => {
    const identity = armIdentitySchema.strip().parse(arm);
    const started = arm.status === 'valid' || arm.status === 'invalid' || tried.has(arm.id);
    return { identity, known: started ? null : { status: arm.status, reason: arm.reason } };
  });
}
