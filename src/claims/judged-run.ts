import type { Article, Compat, Evidence, Run, Verdict } from '../results/schema/index.js';
import type { ClaimData } from './data.js';
import { judgeClaims } from './judge.js';
import type { Claims } from './load.js';
import { claimDataOf } from './observations.js';

/** What a run's folder may hold besides its numbers. */
interface BesideRun {
  readonly matrix: Compat | null;
  readonly evidence: readonly Evidence[];
}

/** What claims are judged by where there is one run. */
export function dataOfRun(run: Run, { matrix, evidence }: BesideRun): ClaimData {
  return claimDataOf([run], matrix === null ? [] : [matrix], evidence);
}

/**
 * A run with the verdicts that it gives: by its own numbers, and by the matrix and the evidence of faults and probes that its folder
 * may hold. Pure. A run of which no claim says anything, such as a calibration, stays as it is.
 */
export function judgedRun(run: Run, beside: BesideRun, { article, claims }: Claims): Run {
  return withVerdicts(run, judgeClaims(claims, dataOfRun(run, beside)), article);
}

/** As `judgedRun`, where all claims have been judged by it already. */
export function withVerdicts(run: Run, verdicts: Verdict[], article: Article): Run {
  return verdicts.every(({ word }) => word === 'not tested') ? run : { ...run, article, verdicts };
}
