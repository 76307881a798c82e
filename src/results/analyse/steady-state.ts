import { costUs } from '../../stats/paired.js';
import { combineRestarts, steadyState } from '../../stats/steady-state.js';
import type { ArmIdentity, Sample, SteadyState } from '../schema/index.js';
import type { SampleIndex } from './group.js';

/**
 * Whether an arm's cost settles within a restart, warm-up slices included. Each slice is taken relative to the baseline's of the
 * same round, which the machine's own drift moves too, and the rounds are averaged over restarts: one series alone is noise.
 */
export function steadyStateOf(
  arm: ArmIdentity,
  baseline: ArmIdentity | null,
  index: SampleIndex,
): SteadyState | null {
  const series = [...index.of(arm.id, 'capacity').keys()].map((restart) => {
    const own = inOrder(arm, restart, index);
    const others = baseline ? inOrder(baseline, restart, index) : null;
    return own.flatMap((sample) => {
      const other = others?.find((one) => one.purpose === sample.purpose && one.round === sample.round);
      if (others && !other) return [];
      return [costUs([sample], 'total') / (other ? costUs([other], 'total') : 1)];
    });
  });
  if (series.length === 0) return null;
  const { kind, steadyFrom } = steadyState(combineRestarts(series));
  return { outcome: kind, steadyFrom };
}

function inOrder({ id }: ArmIdentity, restart: number, index: SampleIndex): Sample[] {
  return [...(index.warmUp(id).get(restart) ?? []), ...(index.of(id, 'capacity').get(restart) ?? [])];
}
