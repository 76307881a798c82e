import { armIdentitySchema, type Run } from '../schema/index.js';
import type { PlannedArm } from './baseline.js';

/** The arms of a stored run as they were planned: an outcome that needed no start is kept, all others follow from the evidence. */
export function plannedOf({ arms }: Pick<Run, 'arms'>): PlannedArm[] {
  return arms.map((arm) => {
    const identity = armIdentitySchema.strip().parse(arm);
    const started = arm.status === 'valid' || arm.status === 'invalid';
    return { identity, known: started ? null : { status: arm.status, reason: arm.reason } };
  });
}
