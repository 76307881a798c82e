import type { Compat, Evidence } from '../results/schema/index.js';

/** What a run's folder holds besides its numbers, and a report shows with them. */
export interface Beside {
  /** What loads on which Envoy. */
  readonly matrix: Compat | null;
  /** Lines of faults, probes, swaps and effort are shown; those of the run's own proofs are not. */
  readonly evidence: readonly Evidence[];
  /** True where samples and evidence are compressed, as those of a published run are: their names end with .gz. */
  readonly compressed?: boolean;
}

export const nothingBeside: Beside = { matrix: null, evidence: [] };
