import { mean } from 'simple-statistics';
import type { ArmResult, Estimate, Run } from '../results/schema/index.js';
import { leastToRank } from '../stats/enough-restarts.js';
import { type Relation, relation } from '../stats/equivalence.js';
import { tInterval } from '../stats/interval.js';

/** The overhead of a variant, or of a class of them, natively and in containers. */
export interface RuntimesOfVariant {
  readonly scenario: string;
  readonly variant: string;
  /** Total CPU over the baseline of the same runtime, in µs per request. */
  readonly nativeUs: number;
  readonly dockerUs: number;
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
export function compareRuntimes(run: Run): RuntimesOfVariant[] {
  return pairsOf(run).map((pair) => ({
    scenario: pair.native.scenario,
    variant: pair.native.variant,
    ...held([pair], run.plan.confidence),
  }));
}

/**
 * The same of each class as a whole, over all its variants and scenarios: a container could only add to all of a class alike, and the mean of
 * many arms tells that where a noisy machine leaves each of them too wide to say.
 */
export function compareRuntimesByClass(run: Run): RuntimesOfVariant[] {
  const pairs = pairsOf(run);
  return (['in-process', 'external'] as const).flatMap((name) => {
    const own = pairs.filter(({ native }) => native.class === name);
    const scenario = [...new Set(own.map(({ native }) => native.scenario))].join(', ');
    return own.length === 0 ? [] : [{ scenario, variant: `all ${name}`, ...held(own, run.plan.confidence) }];
  });
}

/** One arm in both runtimes. */
interface Pair {
  readonly native: ArmResult;
  readonly before: Estimate;
  readonly after: Estimate;
}

function pairsOf({ arms }: Run): Pair[] {
  const own = arms.filter((arm) => arm.status === 'valid' && arm.class !== 'baseline' && arm.twinOf === null);
  return own
    .filter(({ runtime }) => runtime === 'native')
    .flatMap((native): Pair[] => {
      const docker = own.find((arm) => arm.runtime === 'docker' && isSame(arm, native));
      const [before, after] = [native.overhead?.totalCpuUs, docker?.overhead?.totalCpuUs];
      return before && after ? [{ native, before, after }] : [];
    });
}

/** What the pairs differ by on the average, a value a restart. */
function held(pairs: readonly Pair[], confidence: number): Omit<RuntimesOfVariant, 'scenario' | 'variant'> {
  const restarts = Math.min(...pairs.flatMap(({ before, after }) => [before, after].map(countOf)));
  const meanOf = (of: (pair: Pair) => number) => mean(pairs.map(of));
  const differences = Array.from({ length: restarts }, (_, restart) =>
    meanOf(({ before, after }) => at(after, restart) - at(before, restart)),
  );
  const { estimate, low, high } = tInterval(differences, confidence);
  const nativeUs = meanOf(({ before }) => before.estimate);
  const marginUs = Math.max(nearUs, nearShare * Math.abs(nativeUs));
  // Paired by their places, so both must have all of them.
  const isEnough =
    restarts >= leastToRank && pairs.every(({ before, after }) => countOf(before) === countOf(after));
  const margins = { nearMargin: marginUs, minimumEffect: marginUs, alpha: 1 - confidence };
  return {
    nativeUs,
    dockerUs: meanOf(({ after }) => after.estimate),
    ...{ differenceUs: estimate, lowUs: low, highUs: high, marginUs },
    relation: isEnough ? relation(differences, margins) : 'undecided',
  };
}

function countOf({ perRestart }: Estimate): number {
  return perRestart.length;
}

function at({ perRestart }: Estimate, restart: number): number {
  return perRestart[restart] ?? Number.NaN;
}

function isSame(a: ArmResult, b: ArmResult): boolean {
  return a.scenario === b.scenario && a.variant === b.variant && a.envoy === b.envoy;
}
