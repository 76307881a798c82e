import { explainOutliers, type SliceConditions } from '../../stats/outliers.js';
import { costUs } from '../../stats/paired.js';
import type { ArmIdentity, Outliers } from '../schema/index.js';
import type { Slice } from '../slices/index.js';
import type { SampleIndex } from './group.js';

/** Slices whose cost stands out of their arm's, by what happened meanwhile. */
export function outliersOf({ id }: ArmIdentity, index: SampleIndex): Outliers | null {
  const slices = [...index.of(id, 'capacity').values()].flat();
  if (slices.length === 0) return null;
  const { count, byCause } = explainOutliers(slices.map(conditionsOf));
  return { slices: slices.length, outliers: count, byCause };
}

function conditionsOf(slice: Slice): SliceConditions {
  const { windowNs, envoySwitches } = slice;
  return {
    value: costUs([slice], 'total'),
    stealShare: slice.stealNs / windowNs,
    othersShare: slice.othersNs / windowNs,
    waitShare: (slice.envoyWaitNs ?? 0) / windowNs,
    switchesPerSecond: envoySwitches === null ? null : (envoySwitches / windowNs) * 1e9,
    generatorDelayMs: slice.eventLoopDelayUs / 1_000,
  };
}
