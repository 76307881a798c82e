import { mean } from 'simple-statistics';
import { leastForInterval } from '../../stats/enough-restarts.js';
import { tInterval } from '../../stats/interval.js';
import type { ArmIdentity, ArmResult, EvidenceOf } from '../schema/index.js';
import type { EstimateOptions } from './estimates.js';

/** What Envoy and its server held after load, in MiB of PSS: read once a restart. Null where nobody looked. */
export function memoryOf(
  arm: ArmIdentity,
  counters: readonly EvidenceOf<'counters'>[],
  options: EstimateOptions,
): ArmResult['memory'] {
  if (counters.length === 0) return null;
  const total = totalOf(arm, counters, options);
  return {
    pssMiB: meanOrNull(counters.map(({ pssMiB }) => pssMiB)),
    serverPssMiB: meanOrNull(counters.map(({ serverPssMiB }) => serverPssMiB)),
    ...(total && { total }),
  };
}

/** Both together, restart by restart. */
function totalOf(
  arm: ArmIdentity,
  counters: readonly EvidenceOf<'counters'>[],
  { confidence, intervals }: EstimateOptions,
): NonNullable<ArmResult['memory']>['total'] | null {
  const perRestart = counters.flatMap(({ pssMiB, serverPssMiB }) => {
    const server = arm.class === 'external' ? serverPssMiB : 0;
    return pssMiB === null || server === null ? [] : [pssMiB + server];
  });
  if (perRestart.length === 0) return null;
  const { estimate, low, high } = tInterval(perRestart, confidence);
  const isEnough = intervals && perRestart.length >= leastForInterval;
  return { estimate, low: isEnough ? low : null, high: isEnough ? high : null, confidence, perRestart };
}

/** The mean of what is known; null where nothing is. */
export function meanOrNull(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : mean(known);
}
