import { explainOutliers, type SliceConditions } from '../../stats/outliers.js';
import { costUs } from '../../stats/paired.js';
import type { ArmIdentity, Outliers, Sample } from '../schema/index.js';
import type { SampleIndex } from './group.js';

/** Slices whose cost stands out of their arm's, by what happened meanwhile. */
export function outliersOf({ id }: ArmIdentity, index: SampleIndex): Outliers | null {
  const slices = [...index.of(id, 'capacity').values()].flat();
  if (slices.length === 0) return null;
  const { count, byCause } = explainOutliers(slices.map(conditionsOf));
  return { slices: slices.length, outliers: count, byCause };
}

function conditionsOf(sample: Sample): SliceConditions {
  const { windowNs, envoySwitches } = sample;
  return {
    value: costUs([sample], 'total'),
    stealShare: sample.stealNs / windowNs,
    othersShare: sample.othersNs / windowNs,
    waitShare: (sample.envoyWaitNs ?? 0) / windowNs,
    switchesPerSecond: envoySwitches === null ? null : (envoySwitches / windowNs) * 1e9,
    generatorDelayMs: sample.eventLoopDelayUs / 1_000,
  };
}
