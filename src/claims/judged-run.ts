import type { Compat, Evidence, Run } from '../results/schema/index.js';
import { judgeClaims } from './judge.js';
import type { Claims } from './load.js';
import { observationsOfEvidence, observationsOfMatrix } from './observations.js';

/**
 * A run with the verdicts that it gives: by its own numbers, and by the matrix and the evidence of faults and probes that its folder
 * may hold. Pure. A run of which no claim says anything, such as a calibration, stays as it is.
 */
export function judgedRun(
  run: Run,
  beside: { readonly matrix: Compat | null; readonly evidence: readonly Evidence[] },
  { article, claims }: Claims,
): Run {
  const matrices = beside.matrix === null ? [] : [beside.matrix];
  const observations = [
    ...matrices.flatMap(observationsOfMatrix),
    ...observationsOfEvidence(beside.evidence),
  ];
  const verdicts = judgeClaims(claims, { runs: [run], matrices, observations });
  return verdicts.every(({ word }) => word === 'not tested') ? run : { ...run, article, verdicts };
}
