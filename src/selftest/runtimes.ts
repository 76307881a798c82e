import type { ArmResult, Estimate, Run } from '../results/schema/index.js';
import { leastToRank } from '../stats/enough-restarts.js';
import { type Relation, relation } from '../stats/equivalence.js';
import { tInterval } from '../stats/interval.js';

/** One variant's overhead natively and in containers. */
export interface RuntimesOfVariant {
  readonly scenario: string;
  readonly variant: string;
  /** Total CPU over the baseline of the same runtime, in µs per request. */
  readonly nativeUs: Estimate;
  readonly dockerUs: Estimate;
  /** Docker minus native, with the ends of its interval. */
  readonly differenceUs: number;
  readonly lowUs: number | null;
  readonly highUs: number | null;
  /** What still counts as agreeing. */
  readonly marginUs: number;
  /** `equivalent` where they agree; `undecided` where the interval is too wide to say. */
  readonly relation: Relation;
}

// Stated before anything was measured: within 2 µs, or a tenth of what the filter adds natively.
const nearUs = 2;
const nearShare = 0.1;

/**
 * Holds every variant's overhead in containers against its native one, restart by restart: each is over the baseline of its own
 * runtime, so what all of Envoy gains or loses in a container drops out.
 */
export function compareRuntimes({ arms, plan }: Run): RuntimesOfVariant[] {
  const own = arms.filter((arm) => arm.status === 'valid' && arm.class !== 'baseline' && arm.twinOf === null);
  return own
    .filter(({ runtime }) => runtime === 'native')
    .flatMap((native): RuntimesOfVariant[] => {
      const docker = own.find((arm) => arm.runtime === 'docker' && isSame(arm, native));
      const [before, after] = [native.overhead?.totalCpuUs, docker?.overhead?.totalCpuUs];
      if (!before || !after) return [];
      const differences = after.perRestart
        .slice(0, before.perRestart.length)
        .map((value, restart) => value - (before.perRestart[restart] ?? Number.NaN));
      const { estimate, low, high } = tInterval(differences, plan.confidence);
      const marginUs = Math.max(nearUs, nearShare * Math.abs(before.estimate));
      const alpha = 1 - plan.confidence;
      // Paired by their places, so both must have all of them.
      const isEnough =
        differences.length >= leastToRank && before.perRestart.length === after.perRestart.length;
      return [
        {
          ...{ scenario: native.scenario, variant: native.variant, nativeUs: before, dockerUs: after },
          ...{ differenceUs: estimate, lowUs: low, highUs: high, marginUs },
          relation: isEnough
            ? relation(differences, { nearMargin: marginUs, minimumEffect: marginUs, alpha })
            : 'undecided',
        },
      ];
    });
}

function isSame(a: ArmResult, b: ArmResult): boolean {
  return a.scenario === b.scenario && a.variant === b.variant && a.envoy === b.envoy;
}
