import { median } from 'simple-statistics';
import { kaliberaJones, type RepetitionCost } from '../../stats/kalibera-jones.js';
import { costDifferenceUs, pairSlices } from '../../stats/paired.js';
import type { Advice, ArmIdentity, ArmResult, PlanSummary, ScenarioSummary } from '../schema/index.js';
import type { SampleIndex } from './group.js';

// Bounds of what a schedule does: fewer than 2 rounds can't be told from noise, and more than 100 are one long run.
const rounds = { roundsAtLeast: 2, roundsAtMost: 100 } as const;

/** Standard deviations and the best number of rounds of some arms: the median over them. */
type Repetition = Pick<Advice, 'betweenRestartsSdUs' | 'withinRestartsSdUs' | 'roundsPerRestart'>;

/**
 * Whether more restarts or more rounds would narrow in-process overheads sooner (Kalibera and Jones 2013): the standard deviations
 * between and within restarts, with what a restart and a round cost here. The median over the arms of each family, then the middle one
 * of the families: a job counts once, however many sizes of it were measured.
 * @param scenarios which family each is of; one that is not named is a family by itself
 */
export function adviceOf(
  arms: readonly (ArmIdentity & Pick<ArmResult, 'status'>)[],
  baselineOf: (arm: ArmIdentity) => ArmIdentity | null,
  index: SampleIndex,
  { confidence, intervals, secondsPerRestart, secondsPerRound }: PlanSummary,
  scenarios: readonly Pick<ScenarioSummary, 'name' | 'family'>[] = [],
): Advice | null {
  if (!intervals) return null;
  const cost = { restartSeconds: secondsPerRestart, roundSeconds: secondsPerRound, ...rounds, confidence };
  const familyOf = (name: string) => scenarios.find((scenario) => scenario.name === name)?.family ?? name;
  const families = [...new Set(arms.map(({ scenario }) => familyOf(scenario)))];
  const found = families.flatMap((family): Repetition[] => {
    const own = arms.filter(({ scenario }) => familyOf(scenario) === family);
    return repetitionOf(own, baselineOf, index, cost);
  });
  if (found.length === 0) return null;
  const best = Math.round(middleOf(found.map(({ roundsPerRestart }) => roundsPerRestart)));
  const done = median(
    arms.flatMap(({ id }) => [...index.of(id, 'capacity').values()].map((slices) => slices.length)),
  );
  return {
    betweenRestartsSdUs: middleOf(found.map((each) => each.betweenRestartsSdUs)),
    withinRestartsSdUs: middleOf(found.map((each) => each.withinRestartsSdUs)),
    roundsPerRestart: best,
    advice: adviceFor(done, best),
  };
}

function repetitionOf(
  arms: readonly (ArmIdentity & Pick<ArmResult, 'status'>)[],
  baselineOf: (arm: ArmIdentity) => ArmIdentity | null,
  index: SampleIndex,
  cost: RepetitionCost,
): Repetition[] {
  const found = arms.flatMap((arm) => {
    const baseline = baselineOf(arm);
    if (arm.status !== 'valid' || arm.class === 'external' || !baseline) return [];
    return kaliberaJones(pairedDifferences(arm, baseline, index), cost) ?? [];
  });
  if (found.length === 0) return [];
  return [
    {
      betweenRestartsSdUs: median(found.map(({ betweenSd }) => betweenSd)),
      withinRestartsSdUs: median(found.map(({ withinSd }) => withinSd)),
      roundsPerRestart: median(found.map(({ roundsPerRestart }) => roundsPerRestart)),
    },
  ];
}

// Of two middle ones the lower: the mean of a header's noise and that of a MiB is neither's.
function middleOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? Number.NaN;
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
