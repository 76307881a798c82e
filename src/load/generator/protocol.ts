import type { ClosedLoopSlice, SliceOutcome } from '../slice.js';

/** What the orchestrator sends to the generator's process. */
export interface GeneratorRequest {
  readonly id: number;
  readonly slice: ClosedLoopSlice;
}

/** What comes back; exactly one per request. */
export type GeneratorReply =
  | { readonly id: number; readonly outcome: SliceOutcome }
  | { readonly id: number; readonly error: string };
