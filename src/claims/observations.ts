import { compareVersions } from '../envoy/version.js';
import { faultId } from '../faults/fault.js';
import { harmsNeighbours, radiusOf, recoveryOf } from '../faults/radius.js';
import { observations } from '../probes/observations.js';
import type { Compat, Evidence, EvidenceOf, Run } from '../results/schema/index.js';
import type { ClaimData, Observation } from './data.js';
import { didItsJob, groupsBy, isTelling, triedOf } from './matrix/cells.js';

/** What claims are judged by, from what is stored. */
export function claimDataOf(
  runs: readonly Run[],
  matrices: readonly Compat[],
  evidence: readonly Evidence[],
): ClaimData {
  return {
    runs,
    matrices,
    observations: [...matrices.flatMap(observationsOfMatrix), ...observationsOfEvidence(evidence)],
  };
}

/**
 * A matrix as observations: `compat/wasm/go` works on an Envoy where one of its builds does. Which build fits is another claim's matter.
 */
export function observationsOfMatrix(matrix: Compat): Observation[] {
  const tried = triedOf([matrix], ['*']).filter(isTelling);
  return groupsBy(tried, ({ subject, envoy }) => `${envoy} ${subject.group}`)
    .flatMap(([, builds]): Observation[] => {
      const [first] = builds;
      if (first === undefined) return [];
      const best = builds.find(didItsJob) ?? first;
      return [
        {
          id: `compat/${first.subject.group}`,
          facts: { works: didItsJob(best), outcome: best.cell.outcome },
          envoy: first.envoy,
          evidence: `compat ${best.subject.id} on ${best.envoy}`,
        },
      ];
    })
    .toSorted((a, b) => compareVersions(a.envoy, b.envoy));
}

/** What injected faults, probes and swaps showed; one that did not come about shows nothing. */
export function observationsOfEvidence(evidence: readonly Evidence[]): Observation[] {
  const faults = evidence.filter((item) => item.kind === 'fault').filter(({ passed }) => passed);
  const probed = observations(evidence).filter(({ carriedOut }) => carriedOut);
  return [
    ...faults.map(ofFault),
    ...probed.map(({ probe, facts, envoy, arm }) => ({ id: `probe/${probe}`, facts, envoy, evidence: arm })),
  ];
}

function ofFault(seen: EvidenceOf<'fault'>): Observation {
  const { recovered, ms } = recoveryOf(seen);
  return {
    id: `fault/${faultId({ ...seen, name: seen.fault })}`,
    facts: {
      envoyLives: seen.diedMs === null,
      radius: radiusOf(seen, 'failed'),
      unfiltered: radiusOf(seen, 'unfiltered'),
      harmsNeighbours: harmsNeighbours(seen),
      recovered,
      recoveryMs: ms,
    },
    envoy: seen.envoy,
    evidence: seen.arm,
  };
}
