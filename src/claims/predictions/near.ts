import { z } from 'zod';
import type { ClaimData } from '../data.js';
import { about, type Finding } from '../findings.js';
import { difference, type Metric, metricNames } from '../measured/differences.js';
import {
  aboutPlace,
  failuresAt,
  placesOf,
  type Scenarios,
  scenariosSchema,
  validArm,
} from '../measured/places.js';
import { withinTest } from '../measured/tests.js';
import { benchNeed } from '../needs.js';
import { defineKind, scopeSchema } from './define.js';

const schema = z.strictObject({
  kind: z.literal('near'),
  scope: scopeSchema,
  arm: z.string(),
  to: z.string(),
  cpu: z.strictObject({ withinUs: z.number().positive(), scenarios: scenariosSchema }),
  throughput: z.strictObject({ withinShare: z.number().positive().max(1), scenarios: scenariosSchema }),
});

/** Two arms are equivalent, by a stated margin in CPU and one in throughput: both must be shown. */
export const near = defineKind({
  schema,
  perEnvoy: true,
  needsOf({ arm, to, cpu, throughput }) {
    const all = cpu.scenarios === 'all' || throughput.scenarios === 'all';
    const named = all ? 'all' : [...new Set([cpu.scenarios, throughput.scenarios].flat())];
    return [benchNeed(named, [arm, to])];
  },
  find({ arm, to, cpu, throughput }, data) {
    return [
      ...partsOf(arm, to, 'cpu', cpu.withinUs, cpu.scenarios, data),
      ...partsOf(arm, to, 'throughput', throughput.withinShare, throughput.scenarios, data),
    ];
  },
});

function partsOf(
  arm: string,
  to: string,
  metric: Metric,
  margin: number,
  scenarios: Scenarios,
  { runs }: ClaimData,
): Finding[] {
  const subject = `${arm} near ${to}, ${metricNames[metric]}`;
  const isRatio = metric === 'throughput';
  const found = placesOf(runs, scenarios).flatMap((place): Finding[] => {
    const [own, other] = [validArm(place, arm), validArm(place, to)];
    if (!own || !other) return failuresAt(place, subject, [arm, to]);
    const paired = difference(place, own, other, metric);
    const what = `${arm} ${isRatio ? '/' : '−'} ${to}, ${metricNames[metric]}`;
    const test = paired && withinTest(paired, margin, what);
    return test
      ? [{ kind: 'measured', about: aboutPlace(place, subject, [own, other]), tests: [test], beside: [] }]
      : [];
  });
  if (found.some(({ kind }) => kind === 'measured')) return found;
  const reason = `${metricNames[metric]} of ${arm} and ${to} was not measured${
    scenarios === 'all' ? '' : ` in ${scenarios.join(' or ')}`
  }`;
  return [...found, { kind: 'missing', about: about(subject), reason, essential: true }];
}
