import { costDifferenceUs } from '../../stats/paired.js';
import type { ArmIdentity, Estimate } from '../schema/index.js';
import { type PairedSlices, pairedRestarts, type RestartValue } from './estimates.js';
import type { SampleIndex } from './group.js';

/** An arm beside its baseline, slice by slice. */
export function overBaseline(
  arm: ArmIdentity,
  baseline: ArmIdentity | null,
  index: SampleIndex,
): PairedSlices {
  return {
    arm: index.of(arm.id, 'capacity'),
    other: baseline ? index.of(baseline.id, 'capacity') : new Map(),
    within: 'block',
  };
}

/** The copy of an A/A pair beside its original, slice by slice. */
export function overTwin(twin: ArmIdentity, index: SampleIndex): PairedSlices {
  return {
    arm: index.of(twin.id, 'capacity'),
    other: index.of(twin.twinOf ?? '', 'capacity'),
    within: twin.class === 'baseline' ? 'block' : 'round',
  };
}

/** The difference in total CPU per request in each restart, in µs. */
export function differenceByRestart(paired: PairedSlices): ReadonlyMap<number, RestartValue> {
  const restarts = pairedRestarts(paired, (pairs) => costDifferenceUs(pairs, 'total'));
  return new Map(restarts.map((each) => [each.restart, each]));
}

/** How far from nothing an interval reaches; empty where there is none. */
export function farthestEnd({ low, high }: Estimate): number[] {
  return low === null || high === null ? [] : [Math.max(Math.abs(low), Math.abs(high))];
}
