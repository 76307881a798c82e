import { z } from 'zod';
import type { ArmResult } from '../../results/schema/index.js';
import { leastToRank } from '../../stats/enough-restarts.js';
import { pageTrend } from '../../stats/trend.js';
import type { Finding, Test } from '../findings.js';
import { difference, metricNames } from '../measured/differences.js';
import type { Paired } from '../measured/paired.js';
import {
  aboutPlace,
  failuresAt,
  neverPlanned,
  type Place,
  placesOf,
  scenariosSchema,
  validArm,
} from '../measured/places.js';
import { aboveTest, effectOf } from '../measured/tests.js';
import { benchNeed } from '../needs.js';
import { defineKind, scopeSchema } from './define.js';

const schema = z.strictObject({
  kind: z.literal('order'),
  scope: scopeSchema,
  scenarios: scenariosSchema,
  /** From the least overhead in CPU to the largest. */
  arms: z.array(z.string()).min(3),
});

// With two arms an order is no more than a pair.
const leastArms = 3;

/** Arms have a whole order: the ranks follow it over restarts, and each arm is surely below the next one. */
export const order = defineKind({
  schema,
  perEnvoy: true,
  needsOf: ({ scenarios, arms }) => [benchNeed(scenarios, arms)],
  find({ scenarios, arms: named }, { runs }) {
    const places = placesOf(runs, scenarios);
    const found = places.flatMap((place): Finding[] => {
      const arms = named.flatMap((variant) => validArm(place, variant) ?? []);
      const subject = arms.map(({ variant }) => variant).join(' < ');
      const failures = failuresAt(place, named.join(' < '), named);
      if (arms.length < leastArms) return failures;
      const steps = stepsOf(place, arms);
      if (steps.length < arms.length - 1) return failures;
      const tests = [
        ...rankTest(steps),
        ...steps.flatMap(({ what, paired }) => aboveTest(paired, 0, what) ?? []),
      ];
      return [...failures, { kind: 'measured', about: aboutPlace(place, subject, arms), tests, beside: [] }];
    });
    const isMeasured = found.some(({ kind }) => kind === 'measured');
    return isMeasured ? [...found, ...neverPlanned(places, 'the whole order', named)] : found;
  },
});

interface Step {
  readonly what: string;
  readonly paired: Paired;
}

/** Each arm against the next: where any two are the wrong way round, so are two neighbours between them. */
function stepsOf(place: Place, arms: readonly ArmResult[]): Step[] {
  return arms.slice(1).flatMap((next, index): Step[] => {
    const arm = arms[index];
    const paired = arm && difference(place, next, arm, 'cpu');
    return paired ? [{ what: `${next.variant} − ${arm.variant}, ${metricNames.cpu}`, paired }] : [];
  });
}

/** Whether the ranks follow the order; in each restart an arm's place is the sum of the steps up to it. */
function rankTest(steps: readonly Step[]): Test[] {
  const [first] = steps;
  const restarts = Math.min(...steps.map(({ paired }) => paired.values.length));
  if (first === undefined || restarts === 0) return [];
  const rows = Array.from({ length: restarts }, (_, restart) => {
    let sum = 0;
    return [0, ...steps.map(({ paired }) => (sum += paired.values[restart] ?? Number.NaN))];
  });
  const { correlations, p } = pageTrend(rows);
  const { load, intervals } = first.paired;
  const paired: Paired = { values: correlations, unit: 'rank correlation', load, intervals, noise: 0 };
  const effect = effectOf(paired, 'ranks against the order, CPU');
  return [
    {
      effect,
      margin: 0,
      bound: 'above',
      holds: effect.estimate > 0,
      p: intervals && restarts >= leastToRank ? p : null,
      noise: null,
      values: correlations,
      distance: Math.abs(effect.estimate),
    },
  ];
}
