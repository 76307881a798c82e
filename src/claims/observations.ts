import { compareVersions } from '../envoy/version.js';
import type { Compat } from '../results/schema/index.js';
import type { Observation } from './data.js';
import { groupsBy, isTelling, isUsable, triedOf } from './matrix/cells.js';

/**
 * A matrix as observations: `compat/wasm/go` works on an Envoy where one of its builds does. Which build fits is another claim's matter.
 */
export function observationsOfMatrix(matrix: Compat): Observation[] {
  const tried = triedOf([matrix], ['*']).filter(isTelling);
  return groupsBy(tried, ({ subject, envoy }) => `${envoy} ${subject.group}`)
    .flatMap(([, builds]): Observation[] => {
      const [first] = builds;
      if (first === undefined) return [];
      const best = builds.find(isUsable) ?? first;
      return [
        {
          id: `compat/${first.subject.group}`,
          facts: { works: isUsable(best), outcome: best.cell.outcome },
          envoy: first.envoy,
          evidence: `compat ${best.subject.id} on ${best.envoy}`,
        },
      ];
    })
    .toSorted((a, b) => compareVersions(a.envoy, b.envoy));
}
