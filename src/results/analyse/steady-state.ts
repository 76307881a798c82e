import { costUs, pairSlices } from '../../stats/paired.js';
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
  const series = [...index.of(arm.id, 'capacity').keys()].map((restart) =>
    (['warm-up', 'measure'] as const).flatMap((purpose) => {
      const own = slicesIn(arm, restart, purpose, index);
      if (!baseline) return own.map((sample) => costUs([sample], 'total'));
      const pairs = pairSlices(own, slicesIn(baseline, restart, purpose, index), 'block');
      return pairs.map((pair) => costUs([pair.arm], 'total') / costUs([pair.other], 'total'));
    }),
  );
  if (series.length === 0) return null;
  const { kind, steadyFrom } = steadyState(combineRestarts(series));
  return { outcome: kind, steadyFrom };
}

function slicesIn({ id }: ArmIdentity, restart: number, purpose: Sample['purpose'], index: SampleIndex) {
  return (purpose === 'measure' ? index.of(id, 'capacity') : index.warmUp(id)).get(restart) ?? [];
}
