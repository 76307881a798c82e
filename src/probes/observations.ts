import type { Evidence, EvidenceOf, Facts } from '../results/schema/index.js';

/** What one probe or swap showed, in one shape: what claims are judged by. */
export interface Observation {
  /** Of the line of evidence. */
  readonly arm: string;
  readonly probe: string;
  readonly question: string;
  readonly claims: readonly string[];
  readonly envoy: string;
  /** False where it could not be carried out: then there are no facts. */
  readonly carriedOut: boolean;
  readonly problem: string | null;
  readonly facts: Facts;
  /** What Envoy said where it refuses. */
  readonly words: string | null;
}

/** Everything that probes and swaps showed, in the order of the evidence; pure. */
export function observations(evidence: readonly Evidence[]): Observation[] {
  return evidence.flatMap((item): Observation[] => {
    if (item.kind === 'probe') return [{ ...about(item), facts: item.facts, words: item.words }];
    if (item.kind !== 'swap') return [];
    return [{ ...about(item), facts: { ...item.facts, ...swapFacts(item) }, words: null }];
  });
}

function about({
  arm,
  probe,
  question,
  claims,
  envoy,
  passed,
  problem,
}: EvidenceOf<'probe'> | EvidenceOf<'swap'>) {
  return { arm, probe, question, claims, envoy, carriedOut: passed, problem };
}

/** The account of a swap as facts; `works` says that the new version came and no request was lost or answered wrongly. */
function swapFacts({ account, way, rps }: EvidenceOf<'swap'>): Facts {
  const { offered, lost, wrong, firstNewMs, lastOldMs, oldAfterNew } = account;
  return {
    works: firstNewMs !== null && lost === 0 && wrong === 0,
    took: firstNewMs !== null,
    way,
    rps,
    offered,
    old: account.old,
    new: account.new,
    lost,
    wrong,
    firstNewMs,
    lastOldMs,
    oldAfterNewOnFresh: oldAfterNew.fresh,
    oldAfterNewOnKept: oldAfterNew.kept,
  };
}
