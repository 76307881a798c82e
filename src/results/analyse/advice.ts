import { median } from 'simple-statistics';
import { kaliberaJones } from '../../stats/kalibera-jones.js';
import { costDifferenceUs, pairSlices } from '../../stats/paired.js';
import type { Advice, ArmIdentity, ArmResult, PlanSummary } from '../schema/index.js';
import type { SampleIndex } from './group.js';

// Bounds of what a schedule does: fewer than 2 rounds can't be told from noise, and more than 100 are one long run.
const rounds = { roundsAtLeast: 2, roundsAtMost: 100 } as const;

/**
 * Whether more restarts or more rounds would narrow in-process overheads sooner (Kalibera and Jones 2013): the median over arms of
 * the standard deviations between and within restarts, with what a restart and a round cost here.
 */
export function adviceOf(
  arms: readonly (ArmIdentity & Pick<ArmResult, 'status'>)[],
  baselineOf: (arm: ArmIdentity) => ArmIdentity | null,
  index: SampleIndex,
  { confidence, intervals, secondsPerRestart, secondsPerRound }: PlanSummary,
): Advice | null {
  if (!intervals) return null;
  const found = arms.flatMap((arm) => {
    const baseline = baselineOf(arm);
    if (arm.status !== 'valid' || arm.class === 'external' || !baseline) return [];
    const cost = { restartSeconds: secondsPerRestart, roundSeconds: secondsPerRound, ...rounds, confidence };
    return kaliberaJones(pairedDifferences(arm, baseline, index), cost) ?? [];
  });
  if (found.length === 0) return null;
  const best = Math.round(median(found.map(({ roundsPerRestart }) => roundsPerRestart)));
  const done = median(
    arms.flatMap(({ id }) => [...index.of(id, 'capacity').values()].map((slices) => slices.length)),
  );
  return {
    betweenRestartsSdUs: median(found.map(({ betweenSd }) => betweenSd)),
    withinRestartsSdUs: median(found.map(({ withinSd }) => withinSd)),
    roundsPerRestart: best,
    advice: adviceFor(done, best),
  };
}

function pairedDifferences(arm: ArmIdentity, baseline: ArmIdentity, index: SampleIndex): number[][] {
  return [...index.of(arm.id, 'capacity')].map(([restart, slices]) =>
    pairSlices(slices, index.of(baseline.id, 'capacity').get(restart) ?? [], 'block').map((pair) =>
      costDifferenceUs([pair], 'total'),
    ),
  );
}

// Within a factor of two of the best number the interval is at most an eighth of the time away from the best one.
function adviceFor(done: number, best: number): Advice['advice'] {
  if (best >= 2 * done) return 'more-rounds';
  return 2 * best <= done ? 'more-restarts' : 'balanced';
}
