import { z } from 'zod';
import { about, type Finding } from '../findings.js';
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
  kind: z.literal('lowest'),
  scope: scopeSchema,
  scenarios: scenariosSchema,
  arm: z.string(),
  others: z.array(z.string()).min(1),
  /** By how much another may be below and still be its equal, in µs a request, for each metric that must hold. */
  nearUs: z.strictObject({ cpu: z.number().positive(), p50: z.number().positive().optional() }),
});

/** An arm has the lowest overhead, or one that is equivalent to the lowest: no other is below it by more than a margin. */
export const lowest = defineKind({
  schema,
  perEnvoy: true,
  needsOf: ({ scenarios, arm, others }) => [benchNeed(scenarios, [arm, ...others])],
  find({ scenarios, arm, others, nearUs }, { runs }) {
    const places = placesOf(runs, scenarios).filter((place) => validArm(place, arm));
    const metrics = (['cpu', 'p50'] as const).flatMap((metric) => {
      const margin = nearUs[metric];
      return margin === undefined ? [] : [{ metric, margin }];
    });
    const found = metrics.flatMap(({ metric, margin }): Finding[] => {
      const subject = `${arm} lowest, ${metricNames[metric]}`;
      const measured = places.flatMap((place): Finding[] => {
        const own = validArm(place, arm);
        const rivals = others.flatMap((name) => validArm(place, name) ?? []);
        const tests = rivals.flatMap((rival) => {
          const paired = own && difference(place, rival, own, metric);
          const what = `${rival.variant} − ${arm}, ${metricNames[metric]}`;
          return (paired && aboveTest(paired, -margin, what)) ?? [];
        });
        if (!own || tests.length === 0) return [];
        return [{ kind: 'measured', about: aboutPlace(place, subject, [own, ...rivals]), tests, beside: [] }];
      });
      if (measured.length > 0 || places.length === 0) return measured;
      const reason = `${metricNames[metric]} was not measured`;
      return [{ kind: 'missing', about: about(subject), reason, essential: true }];
    });
    const subject = `${arm} lowest`;
    return [
      ...found,
      ...placesOf(runs, scenarios).flatMap((place) => failuresAt(place, subject, [arm, ...others])),
      ...(places.length === 0 ? [] : neverPlanned(places, subject, others)),
    ];
  },
});
