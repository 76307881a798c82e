import type { Compat, Run } from '../results/schema/index.js';

/** What was seen once: of an injected fault, a probe, a cell of a matrix. */
export interface Observation {
  /** What was done to whom, such as `fault/wasm/rust/trap`; the same where it was repeated. */
  readonly id: string;
  readonly facts: Readonly<Record<string, string | number | boolean | null>>;
  /** Envoy's version. */
  readonly envoy: string;
  /** Where it is stored, such as a line of evidence. */
  readonly evidence: string;
}

/** What claims are judged by: stored runs, matrices and observations, and nothing else. */
export interface ClaimData {
  readonly runs: readonly Run[];
  readonly matrices: readonly Compat[];
  readonly observations: readonly Observation[];
}
