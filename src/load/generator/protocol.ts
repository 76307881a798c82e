import type { Share } from '../open-loop/arrivals.js';
import type { Slice, SliceOutcome } from '../slice.js';

/** What the orchestrator sends to a process of the generator. */
export type GeneratorRequest =
  | { readonly id: number; readonly slice: Slice; readonly share: Share }
  /** The instant on CLOCK_MONOTONIC at which all shares of an open loop start; null: don't. */
  | { readonly id: number; readonly startAtNs: number | null };

/** What comes back: for an open loop first that its connections are open, then exactly one end per request. */
export type GeneratorReply =
  | { readonly id: number; readonly isReady: true }
  | { readonly id: number; readonly outcome: SliceOutcome }
  | { readonly id: number; readonly error: string };
