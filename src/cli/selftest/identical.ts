import { BadInputError, ExitCode, type ExitCodeValue } from '../../errors.js';
import { identicalResults } from '../../results/analyse/index.js';
import { loadScenarios } from '../../scenarios/load.js';
import { makePlan } from '../../schedule/plan.js';
import { type Precision, profiles } from '../../schedule/profiles.js';
import {
  armsOfPairs,
  type IdenticalPair,
  identicalPairs,
  scenariosOfPairs,
} from '../../selftest/identical-pairs.js';
import { mostByChance } from '../../stats/binomial.js';
import { drawnSeed, type RunFlags } from '../run/flags.js';
import { measureRun } from '../run/measure-run.js';
import { exitCodeOf, reportRun } from '../run/outcome.js';

export interface IdenticalFlags extends RunFlags {
  aa: number;
  precision?: Precision;
}

// Allows 5 of 40, which comes up more often in 1.4 % of self-tests.
const falseAlarms = 0.015;
const secondsPerPair = 45;

/**
 * Compares identical Envoys in disjoint pairs: what comes out is the error of this machine and this harness.
 * @throws BadInputError without any pair.
 */
export async function testIdentical(flags: IdenticalFlags, signal: AbortSignal): Promise<ExitCodeValue> {
  if (flags.aa === 0) throw new BadInputError('--aa 0 compares nothing', 'give at least one pair');
  // The response is Envoy's own: nothing but the schedule and the machine is tested.
  const scenarios = await loadScenarios(['noop']);
  const profile = { ...profiles.quick, rates: [], unloadedRounds: 0 };
  let pairs: IdenticalPair[] = [];
  const { run, dir } = await measureRun(
    {
      name: 'selftest',
      flags,
      scenarios,
      variants: [],
      arms: (envoy) => {
        pairs = identicalPairs(flags.aa, 'noop', envoy);
        return armsOfPairs(pairs);
      },
      makePlan: () =>
        makePlan({
          profile,
          scenarios: scenariosOfPairs(pairs),
          seed: drawnSeed(flags),
          budgetSeconds: flags.budget ?? flags.aa * secondsPerPair,
          precision: flags.precision ?? null,
        }),
    },
    signal,
  );
  await reportRun(run, dir, flags.json);
  const code = exitCodeOf(run, flags);
  if (code !== ExitCode.done) return code;
  const results = identicalResults(run);
  return results.excludingZero > mostByChance(results.pairs.length, 1 - run.plan.confidence, falseAlarms)
    ? ExitCode.gateFailed
    : ExitCode.done;
}
