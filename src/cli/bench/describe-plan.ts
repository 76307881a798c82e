import type { PlannedArm } from '../../results/analyse/index.js';
import type { Plan } from '../../schedule/plan.js';

/** The plan as text: what would be measured, and how long it would take. */
export function describePlan(plan: Plan, arms: readonly PlannedArm[]): string {
  const { summary, profile, seed } = plan;
  const minutes = (summary.estimatedSeconds / 60).toFixed(1);
  const lines = [
    `profile ${profile.name}, seed ${seed}: ${summary.restarts} restarts x ${summary.rounds} rounds, ` +
      `slices of ${summary.sliceMs} ms`,
    `about ${minutes} min`,
  ];
  for (const { scenario } of plan.scenarios) {
    lines.push('', scenario);
    for (const { identity, known } of arms) {
      if (identity.scenario !== scenario) continue;
      lines.push(known ? `  ${identity.id}: ${known.status}: ${known.reason}` : `  ${identity.id}`);
    }
  }
  return `${lines.join('\n')}\n`;
}
