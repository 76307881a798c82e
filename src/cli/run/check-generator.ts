import { measureGenerator } from '../../load/calibration/measure-generator.js';
import type { GeneratorMeasurement } from '../../results/schema/index.js';
import { loadScenarios } from '../../scenarios/load.js';
import type { Plan } from '../../schedule/plan.js';
import { connections } from '../../schedule/steps.js';
import { type LoneBaselineOptions, withLoneBaseline } from '../../session/lone-baseline.js';

// A median of three, in about two seconds.
const slicesOfEach = 3;

/**
 * Measures the generator before anything else: what it can do at most, and what it adds itself, under the loads of the plan.
 * @throws FailedError where the baseline does not answer.
 */
export async function checkGenerator(
  options: Omit<LoneBaselineOptions, 'scenario'>,
  { seed, profile, summary }: Plan,
): Promise<GeneratorMeasurement> {
  const [scenario] = await loadScenarios(['noop']);
  if (!scenario) throw new TypeError('noop is a scenario');
  return withLoneBaseline({ ...options, scenario }, (subject) =>
    measureGenerator(subject, {
      connections: [1, connections],
      pairs: slicesOfEach,
      windowMs: profile.windowMs,
      rates: summary.rates,
      seed,
      withWrk: false,
    }),
  );
}
