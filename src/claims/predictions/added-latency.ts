import { z } from 'zod';
import type { ArmResult, Effect } from '../../results/schema/index.js';
import type { Finding } from '../findings.js';
import { sustainedAt } from '../measured/differences.js';
import { openLoopNoise } from '../measured/noise.js';
import { pooledMinus } from '../measured/paired.js';
import {
  aboutPlace,
  armOf,
  failuresAt,
  neverPlanned,
  type Place,
  placesOf,
  scenariosSchema,
} from '../measured/places.js';
import { aboveTest, effectOf } from '../measured/tests.js';
import { benchNeed } from '../needs.js';
import { defineKind, scopeSchema } from './define.js';

const schema = z.strictObject({
  kind: z.literal('added-latency'),
  scope: scopeSchema,
  scenarios: scenariosSchema,
  /** The claim needs these; `alsoArms` are judged where they were measured. */
  arms: z.array(z.string()).min(1),
  alsoArms: z.array(z.string()),
  /** Requests a second of the open loop. */
  rateRps: z.number().positive(),
  /** The minimum effect on p50, in µs from the intended start. */
  byMoreThanUs: z.number().nonnegative(),
});

/** An arm adds latency over the baseline at a fixed rate. p50 is judged; p99 is shown beside it, for its interval is too rough to judge by. */
export const addedLatency = defineKind({
  schema,
  perEnvoy: true,
  needsOf: ({ scenarios, arms, alsoArms, rateRps }) => [
    benchNeed(scenarios, [...arms, ...alsoArms], rateRps),
  ],
  find({ scenarios, arms, alsoArms, rateRps, byMoreThanUs }, { runs }) {
    const places = placesOf(runs, scenarios);
    const found = places.flatMap((place) =>
      [...arms, ...alsoArms].flatMap((variant): Finding[] => {
        const arm = armOf(place, variant);
        if (arm === undefined) return [];
        const subject = `${variant} adds latency at ${rateRps}/s`;
        if (arm.status !== 'valid') return failuresAt(place, subject, [variant]);
        return [findingOf(place, arm, subject, rateRps, byMoreThanUs)];
      }),
    );
    return found.length === 0 ? [] : [...found, ...neverPlanned(places, 'adds latency', arms)];
  },
});

function findingOf(
  place: Place,
  arm: ArmResult,
  subject: string,
  rateRps: number,
  byMoreThanUs: number,
): Finding {
  const where = aboutPlace(place, subject, [arm]);
  const read = (of: ArmResult) => sustainedAt(of, rateRps)?.overhead?.p50Us ?? null;
  const p50 = read(arm);
  const test =
    p50 &&
    aboveTest(
      {
        values: pooledMinus(p50, null),
        restarts: p50.restarts,
        unit: 'µs',
        load: p50.load,
        intervals: place.run.plan.intervals,
        noise: openLoopNoise(place, [arm], read),
      },
      byMoreThanUs,
      `${arm.variant} − baseline, p50 at ${rateRps}/s`,
    );
  if (test) return { kind: 'measured', about: where, tests: [test], beside: p99Of(place, arm, rateRps) };
  const missed = arm.latency?.openLoop.find(({ rps }) => rps === rateRps)?.reason;
  const reason = missed ? `it missed the rate: ${missed}` : `too little was measured at ${rateRps}/s`;
  return { kind: 'missing', about: where, reason, essential: false };
}

function p99Of(place: Place, arm: ArmResult, rateRps: number): Effect[] {
  const baseline = armOf(place, 'baseline');
  const [own, other] = [arm, baseline].map((each) => each && sustainedAt(each, rateRps)?.p99Us);
  if (!own || !other) return [];
  const values = pooledMinus(own, other);
  if (values.length === 0) return [];
  const paired = {
    values,
    unit: 'µs',
    load: own.load,
    intervals: place.run.plan.intervals,
    noise: null,
  } as const;
  return [effectOf(paired, `${arm.variant} − baseline, p99 at ${rateRps}/s`)];
}
