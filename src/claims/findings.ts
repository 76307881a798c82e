import type { Bound, Effect, VerdictPart } from '../results/schema/index.js';

/** What a finding is about, and rests on. */
export interface About {
  readonly subject: string;
  readonly scenario: string | null;
  readonly envoy: string | null;
  readonly run: string | null;
  /** Ids of arms. */
  readonly arms: readonly string[];
  readonly evidence: readonly string[];
}

/** One statistical test of a part. */
export interface Test {
  readonly effect: Effect;
  /** What the effect is held against, in its unit. */
  readonly margin: number;
  /** Whether it was to be above the margin, or within it on both sides. */
  readonly bound: Bound;
  /** Whether the effect is on the side that was foretold. */
  readonly holds: boolean;
  /** Null where there are too few restarts for a test. */
  readonly p: number | null;
  /** What identical arms differ by, in words; null where that does not stand in the way. */
  readonly noise: string | null;
  /** One a restart, and how far their mean is from where the word turns. */
  readonly values: readonly number[];
  readonly distance: number;
}

/** A part that needs statistics: its word follows once all tests of all claims are known. It holds where all of its tests do. */
export interface Measured {
  readonly kind: 'measured';
  readonly about: About;
  readonly tests: readonly Test[];
  readonly beside: readonly Effect[];
}

/** A part whose word is plain. */
export interface Seen {
  readonly kind: 'seen';
  readonly about: About;
  readonly word: Exclude<VerdictPart['word'], 'not tested'>;
  readonly reason: string;
}

/** A part that the data have nothing of. */
export interface Missing {
  readonly kind: 'missing';
  readonly about: About;
  readonly reason: string;
  /** True where the claim can't be supported without it. */
  readonly essential: boolean;
}

export type Finding = Measured | Seen | Missing;

const nowhere: Omit<About, 'subject'> = { scenario: null, envoy: null, run: null, arms: [], evidence: [] };

/** A finding's subject, with what is known of where; the rest is left empty. */
export function about(subject: string, more: Partial<About> = {}): About {
  return { ...nowhere, ...more, subject };
}
