import { z } from 'zod';
import type { Finding } from '../findings.js';
import { difference, metricNames } from '../measured/differences.js';
import {
  aboutPlace,
  failuresAt,
  neverPlanned,
  placesOf,
  scenariosSchema,
  validArm,
} from '../measured/places.js';
import { aboveTest } from '../measured/tests.js';
import { benchNeed } from '../needs.js';
import { defineKind, scopeSchema } from './define.js';

const schema = z.strictObject({
  kind: z.literal('largest'),
  scope: scopeSchema,
  scenarios: scenariosSchema,
  arm: z.string(),
  others: z.array(z.string()).min(1),
  /** The minimum effect, in µs of CPU a request. */
  byMoreThanUs: z.number().nonnegative(),
});

/** An arm has the largest overhead of all that share a scenario with it. */
export const largest = defineKind({
  schema,
  perEnvoy: true,
  needsOf: ({ scenarios, arm, others }) => [benchNeed(scenarios, [arm, ...others])],
  find({ scenarios, arm, others, byMoreThanUs }, { runs }) {
    const all = placesOf(runs, scenarios);
    const subject = `${arm} largest`;
    const found = all.flatMap((place): Finding[] => {
      const own = validArm(place, arm);
      const rivals = others.flatMap((name) => validArm(place, name) ?? []);
      const tests = rivals.flatMap((rival) => {
        const paired = own && difference(place, own, rival, 'cpu');
        return (
          (paired && aboveTest(paired, byMoreThanUs, `${arm} − ${rival.variant}, ${metricNames.cpu}`)) ?? []
        );
      });
      if (!own || tests.length === 0) return failuresAt(place, subject, [arm]);
      return [{ kind: 'measured', about: aboutPlace(place, subject, [own, ...rivals]), tests, beside: [] }];
    });
    const places = all.filter((place) => validArm(place, arm));
    return [...found, ...(places.length === 0 ? [] : neverPlanned(places, subject, others))];
  },
});
