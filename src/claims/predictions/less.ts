import { z } from 'zod';
import { about, type Finding } from '../findings.js';
import { difference, metricNames } from '../measured/differences.js';
import { aboutPlace, armOf, failuresAt, placesOf, scenariosSchema, validArm } from '../measured/places.js';
import { aboveTest } from '../measured/tests.js';
import { benchNeed } from '../needs.js';
import { defineKind, scopeSchema } from './define.js';

const schema = z.strictObject({
  kind: z.literal('less'),
  scope: scopeSchema,
  scenarios: scenariosSchema,
  /** Overhead in CPU, Envoy's and the server's: `less` has less of it than `than`. */
  pairs: z.array(z.strictObject({ less: z.string(), than: z.string() })).min(1),
  /** The minimum effect, in µs a request. */
  byMoreThanUs: z.number().nonnegative(),
});

/** One arm costs less than another, by a minimum effect. */
export const less = defineKind({
  schema,
  perEnvoy: true,
  needsOf: ({ scenarios, pairs }) => [
    benchNeed(
      scenarios,
      pairs.flatMap((pair) => [pair.less, pair.than]),
    ),
  ],
  find({ scenarios, pairs, byMoreThanUs }, { runs }) {
    const places = placesOf(runs, scenarios);
    return pairs.flatMap(({ less: low, than: high }): Finding[] => {
      const subject = `${low} < ${high}`;
      const found = places.flatMap((place): Finding[] => {
        const [lower, higher] = [validArm(place, low), validArm(place, high)];
        if (!lower || !higher) return failuresAt(place, subject, [low, high]);
        const paired = difference(place, higher, lower, 'cpu');
        const test = paired && aboveTest(paired, byMoreThanUs, `${high} − ${low}, ${metricNames.cpu}`);
        const where = aboutPlace(place, subject, [lower, higher]);
        if (test) return [{ kind: 'measured', about: where, tests: [test], beside: [] }];
        return [{ kind: 'missing', about: where, reason: 'no restart has both', essential: false }];
      });
      const isPlanned = places.some((place) => armOf(place, low) && armOf(place, high));
      if (isPlanned) return found;
      const reason = `${low} and ${high} were not measured together`;
      return [...found, { kind: 'missing', about: about(subject), reason, essential: true }];
    });
  },
});
