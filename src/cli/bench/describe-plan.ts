import { counted } from '../../report/format/number.js';
import { type PlannedArm, placeText, precisionText } from '../../results/analyse/index.js';
import type { PlanSummary } from '../../results/schema/index.js';
import type { Plan } from '../../schedule/plan.js';
import { leastToRank } from '../../stats/enough-restarts.js';

/** The plan as text: what would be measured, and how long it would take. */
export function describePlan(plan: Plan, arms: readonly PlannedArm[]): string {
  const { profile, seed, scenarios } = plan;
  const startable = scenarios.reduce((sum, { arms: own }) => sum + own.length, 0);
  const names = new Set(scenarios.map(({ scenario }) => scenario));
  const lines = [
    `profile ${profile.name}, seed ${seed}: ${counted(startable, 'arm')} in ${counted(names.size, 'scenario')}${onEnvoys(scenarios)}`,
    ...timeLines(plan),
  ];
  for (const { scenario, setting, arms: own } of scenarios) {
    lines.push('', placeText(scenario, setting));
    for (const { identity, known } of arms) {
      const isHere = identity.envoy === own[0]?.envoy && identity.runtime === own[0]?.runtime;
      if (identity.scenario !== scenario || !isHere) continue;
      lines.push(known ? `  ${identity.id}: ${known.status}: ${known.reason}` : `  ${identity.id}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

function onEnvoys(scenarios: Plan['scenarios']): string {
  const versions = new Set(scenarios.flatMap(({ arms }) => arms.map(({ envoy }) => envoy)));
  return versions.size < 2 ? '' : ` on ${versions.size} Envoys`;
}

function turnLines(steps: Plan['steps']): string[] {
  const loops = new Set(steps.flatMap(({ inTurn, load }) => (inTurn ? [load.loop] : [])));
  if (loops.has('open')) return ['open loop and unloaded rounds take turns, one of them every other restart'];
  return loops.size === 0 ? [] : ['unloaded rounds every other restart'];
}

function timeLines({ summary, steps }: Plan): string[] {
  const { restarts, rounds, sliceMs, estimatedSeconds, estimatedRestarts } = summary;
  if (summary.proveOnly) return ['proofs without load', `about ${minutes(estimatedSeconds)} min`];
  const each = `${rounds} rounds a restart, slices of ${sliceMs} ms`;
  if (estimatedRestarts === undefined)
    return [`${restarts} restarts x ${each}`, `about ${minutes(estimatedSeconds)} min`];
  const pass = summary.secondsPerRestart + rounds * summary.secondsPerRound;
  const rank = estimatedRestarts < leastToRank ? `, fewer than the ${leastToRank} that ranking needs` : '';
  return [
    `scenarios in turn, ${each}`,
    ...turnLines(steps),
    `about ${counted(estimatedRestarts, 'restart')} of each scenario${rank}: one takes ${minutes(pass)} min for all`,
    `${endText(summary)} ${minutes(summary.budgetSeconds)} min`,
  ];
}

function endText(summary: PlanSummary): string {
  if (summary.precisionUs === null) return `until ${summary.restarts} restarts are done, but at most`;
  return `until intervals are ${precisionText(summary)}, but at most`;
}

function minutes(seconds: number): string {
  return (seconds / 60).toFixed(1);
}
