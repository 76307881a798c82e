import type { ArmResult, Estimate, Run } from '../schema/index.js';

// Overheads of external servers are tens of µs: held to µs alone they would decide how long everything takes.
const externalShare = 0.05;

/**
 * Whether the intervals of all overheads are as narrow as the plan asks for; it looks at their width only. In-process overheads and
 * A/A pairs are held to the precision itself, external ones to 5 % of what they cost, where that is more.
 */
export function isPrecise({ arms, plan }: Pick<Run, 'arms' | 'plan'>): boolean {
  const { precisionUs } = plan;
  if (precisionUs === null) return false;
  const overheads = arms.flatMap((arm) =>
    arm.status === 'valid' && arm.overhead ? [{ arm, overhead: arm.overhead.totalCpuUs }] : [],
  );
  return (
    overheads.length > 0 &&
    overheads.every(({ arm, overhead }) => halfWidth(overhead) <= allowed(arm, overhead, precisionUs))
  );
}

function allowed({ class: kind }: ArmResult, { estimate }: Estimate, precisionUs: number): number {
  return kind === 'external' ? Math.max(precisionUs, externalShare * Math.abs(estimate)) : precisionUs;
}

function halfWidth({ low, high }: Estimate): number {
  return low === null || high === null ? Number.POSITIVE_INFINITY : (high - low) / 2;
}
