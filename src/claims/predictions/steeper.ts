import { z } from 'zod';
import type { Run, Slope } from '../../results/schema/index.js';
import { about, type Finding } from '../findings.js';
import { minus } from '../measured/paired.js';
import { aboveTest } from '../measured/tests.js';
import { benchNeed } from '../needs.js';
import { defineKind, scopeSchema } from './define.js';

const schema = z.strictObject({
  kind: z.literal('steeper'),
  scope: scopeSchema,
  /** Families whose series are of bodies. */
  families: z.array(z.string()).min(1),
  arm: z.string(),
  than: z.string(),
  /** The minimum effect, in µs of CPU for each KiB. */
  byMoreThanUsPerKiB: z.number().nonnegative(),
});

/** What a KiB of body costs is more for one arm than for another. */
export const steeper = defineKind({
  schema,
  perEnvoy: true,
  needsOf: ({ families, arm, than }) => [benchNeed(families, [arm, than])],
  find({ families, arm, than, byMoreThanUsPerKiB }, { runs }) {
    const subject = `${arm} > ${than} for each KiB`;
    return runs.flatMap((run) =>
      run.slopes.filter(isOf(arm, families)).flatMap((own): Finding[] => {
        const other = run.slopes.find((slope) => isOf(than, [own.family])(slope) && isBeside(slope, own));
        const where = about(subject, {
          scenario: own.family,
          envoy: own.envoy,
          run: run.id,
          arms: armsOf(run, own.family, own, [arm, than]),
        });
        if (!other) {
          const reason = `${than} has no line over two rungs`;
          return [{ kind: 'missing', about: where, reason, essential: false }];
        }
        // Over other rungs it would be another stretch of the line.
        if (own.rungs.join() !== other.rungs.join()) {
          const reason = `the rungs differ: ${own.rungs.join(', ')} and ${other.rungs.join(', ')} KiB`;
          return [{ kind: 'missing', about: where, reason, essential: false }];
        }
        const test = aboveTest(
          {
            values: minus(own.slopeUs, other.slopeUs),
            unit: 'µs/KiB',
            load: own.slopeUs.load,
            intervals: run.plan.intervals,
            noise:
              own.noiseUs === null || other.noiseUs === null ? null : Math.max(own.noiseUs, other.noiseUs),
          },
          byMoreThanUsPerKiB,
          `${arm} − ${than}, CPU for each KiB`,
        );
        return test ? [{ kind: 'measured', about: where, tests: [test], beside: [] }] : [];
      }),
    );
  },
});

function isOf(variant: string, families: readonly string[]): (slope: Slope) => boolean {
  return (slope) =>
    slope.variant === variant && slope.quantity === 'bodyKiB' && families.includes(slope.family);
}

function isBeside(a: Slope, b: Slope): boolean {
  return a.envoy === b.envoy && a.runtime === b.runtime;
}

function armsOf(run: Run, family: string, { envoy, runtime }: Slope, variants: readonly string[]): string[] {
  const scenarios = run.scenarios.filter((scenario) => scenario.family === family).map(({ name }) => name);
  return run.arms
    .filter((arm) => scenarios.includes(arm.scenario) && variants.includes(arm.variant))
    .filter((arm) => arm.twinOf === null && arm.envoy === envoy && arm.runtime === runtime)
    .map(({ id }) => id);
}
