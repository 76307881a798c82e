import { BadInputError } from '../../errors.js';
import type { ArmChange, RegressionGate, RegressionLimit, RunChanges } from '../schema/index.js';

type Failure = RegressionGate['failures'][number];

/**
 * Holds what was called against a limit. A regression is more CPU per request; one beyond the limit fails, and so does an arm that was
 * valid in the first run and is invalid now.
 * @throws BadInputError where a run has no arm that could be judged: such a gate would never fail.
 */
export function gateOf(others: readonly RunChanges[], limit: RegressionLimit): RegressionGate {
  const unjudged = others.map(({ run, arms }) => {
    const count = arms.filter(isUnjudged).length;
    if (count === arms.length) refuse(run, arms);
    return count;
  });
  const failures = others.flatMap(({ run, arms, unmatched }): Failure[] => [
    ...arms
      .filter((arm) => isBeyond(arm, limit))
      .toSorted((a, b) => b.totalCpuUs.change - a.totalCpuUs.change)
      .map(({ scenario, variant, runtime, totalCpuUs: { change }, ownUs }) => ({
        ...{ run, scenario, variant, runtime },
        ...{ byUs: change, share: change / ownUs },
      })),
    ...unmatched
      .filter(({ from, to }) => from === 'valid' && to === 'invalid')
      .map(({ scenario, variant, runtime }) => ({
        run,
        scenario,
        variant,
        runtime,
        byUs: null,
        share: null,
      })),
  ]);
  return {
    limit,
    passed: failures.length === 0,
    failures,
    unjudged: unjudged.reduce((sum, count) => sum + count, 0),
  };
}

function isBeyond({ totalCpuUs: { called, change }, ownUs }: ArmChange, limit: RegressionLimit): boolean {
  return called && change > 0 && change > ('us' in limit ? limit.us : limit.share * ownUs);
}

function isUnjudged({ totalCpuUs: { uncalled } }: ArmChange): boolean {
  return uncalled === 'few-restarts' || uncalled === 'no-floor';
}

function refuse(run: string, arms: readonly ArmChange[]): never {
  const few = arms.every(({ totalCpuUs: { uncalled } }) => uncalled === 'few-restarts');
  throw new BadInputError(
    few
      ? `--fail-on can judge nothing in ${run}: fewer than 12 restarts, there or in A`
      : `--fail-on can judge nothing in ${run}: no A/A pair of the arms' class, there or in A`,
    'measure both with "--profile quick" or "full", and with the same mechanisms',
  );
}
