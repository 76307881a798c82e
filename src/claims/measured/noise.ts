import type { ArmResult, Estimate, NoiseFloorOfClass } from '../../results/schema/index.js';
import { tInterval } from '../../stats/interval.js';
import { pooledMinus } from './paired.js';
import type { Place } from './places.js';

/** What identical arms of these arms' classes differ by in the closed loop or at 1 connection; null where the run can't tell. */
export function closedLoopNoise(
  { run, scenario }: Place,
  arms: readonly ArmResult[],
  read: (floor: NoiseFloorOfClass) => number | null,
): number | null {
  const floor = run.rungNoiseFloors.find((rung) => rung.scenario === scenario) ?? run.noiseFloor;
  return largest(
    arms.map((arm) => {
      const own = arm.class === 'external' ? floor.external : floor.inProcess;
      return own && read(own);
    }),
  );
}

/** The same at a fixed rate: the farthest end of the intervals of the place's own A/A pairs. */
export function openLoopNoise(
  place: Place,
  arms: readonly ArmResult[],
  read: (arm: ArmResult) => Estimate | null,
): number | null {
  return largest(arms.map((arm) => twinNoise(place, arm.class === 'external', read)));
}

function twinNoise(
  place: Place,
  external: boolean,
  read: (arm: ArmResult) => Estimate | null,
): number | null {
  const ends = place.arms
    .filter((arm) => arm.twinOf !== null && arm.status === 'valid' && (arm.class === 'external') === external)
    .flatMap((twin) => {
      const original = place.arms.find(({ id, status }) => id === twin.twinOf && status === 'valid');
      const own = read(twin);
      // A baseline's twin is read as its difference from the baseline already.
      const other = twin.class === 'baseline' ? null : original && read(original);
      if (original === undefined || own === null || other === undefined) return [];
      if (other === null && twin.class !== 'baseline') return [];
      const values = pooledMinus(own, other);
      const { low, high } =
        values.length === 0 ? { low: null, high: null } : tInterval(values, own.confidence);
      return low === null || high === null ? [] : [Math.max(Math.abs(low), Math.abs(high))];
    });
  return ends.length === 0 ? null : Math.max(...ends);
}

function largest(floors: readonly (number | null)[]): number | null {
  const known = floors.filter((floor) => floor !== null);
  return known.length < floors.length || known.length === 0 ? null : Math.max(...known);
}
