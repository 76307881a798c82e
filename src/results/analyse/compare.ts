import { leastToRank } from '../../stats/enough-restarts.js';
import { equivalence } from '../../stats/equivalence.js';
import { holm, pairedP } from '../../stats/multiplicity.js';
import type { ArmResult, Comparison, Estimate, NoiseFloor } from '../schema/index.js';
import { costDifference, type EstimateOptions, throughputRatio } from './estimates.js';
import type { SampleIndex } from './group.js';

// What "near" is held to (claim perf-dynmod-near-native: CPU within 2 µs a request), stated before anything is measured.
const nearUs = 2;

type Pair = Omit<Comparison, 'pAdjusted' | 'distinguishable'> & { readonly p: number | null };

/**
 * Every pair of valid arms of a scenario, compared directly in the round: never by overlapping overheads. The pairs of one
 * scenario, Envoy and runtime are a family: with 36 of them, one or two would come out different by chance.
 */
export function compareArms(
  arms: readonly ArmResult[],
  index: SampleIndex,
  floor: NoiseFloor,
  options: EstimateOptions,
): Comparison[] {
  const candidates = arms.filter(
    (arm) => arm.status === 'valid' && arm.class !== 'baseline' && arm.twinOf === null,
  );
  const familyOf = ({ scenario, envoy, runtime }: ArmResult) => `${scenario} ${envoy} ${runtime}`;
  return [...new Set(candidates.map(familyOf))].flatMap((name) => {
    const family = candidates.filter((arm) => familyOf(arm) === name);
    const pairs = family.flatMap((a, position) =>
      family.slice(position + 1).flatMap((b) => comparePair(a, b, index, options)),
    );
    const adjusted = holm(pairs.map(({ p }) => p));
    return pairs.map(({ p: _, ...pair }, position): Comparison => {
      const pAdjusted = adjusted[position] ?? null;
      const isSure = isEnough(pair.totalCpuUs) && pAdjusted !== null && pAdjusted <= 1 - options.confidence;
      const floors = [pair.a, pair.b].map((id) => floorFor(family, id, floor));
      return { ...pair, pAdjusted, distinguishable: isSure && exceeds(pair.totalCpuUs.estimate, floors) };
    });
  });
}

function comparePair(a: ArmResult, b: ArmResult, index: SampleIndex, options: EstimateOptions): Pair[] {
  const paired = {
    arm: index.of(a.id, 'capacity'),
    other: index.of(b.id, 'capacity'),
    within: 'round' as const,
  };
  const totalCpuUs = costDifference(paired, 'total', options);
  const ratio = throughputRatio(paired, options);
  if (!totalCpuUs || !ratio) return [];
  const { intervals, confidence } = options;
  return [
    {
      scenario: a.scenario,
      envoy: a.envoy,
      a: a.id,
      b: b.id,
      totalCpuUs,
      throughputRatio: ratio,
      p: intervals ? pairedP(totalCpuUs.perRestart) : null,
      equivalent:
        intervals &&
        isEnough(totalCpuUs) &&
        equivalence(totalCpuUs.perRestart, nearUs, 1 - confidence).equivalent,
      nearUs,
    },
  ];
}

// A run that was cut short can have fewer than any profile plans.
function isEnough({ restarts }: Estimate): boolean {
  return restarts >= leastToRank;
}

function floorFor(family: readonly ArmResult[], id: string, floor: NoiseFloor): number | null {
  const isExternal = family.find((arm) => arm.id === id)?.class === 'external';
  return (isExternal ? floor.external : floor.inProcess)?.cpuUs ?? null;
}

// Without a noise floor nothing is ranked.
function exceeds(differenceUs: number, floorsUs: readonly (number | null)[]): boolean {
  return floorsUs.every((floorUs) => floorUs !== null && Math.abs(differenceUs) > floorUs);
}
