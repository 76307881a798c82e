import { mergeLags } from '../send-lag.js';
import type { OpenLoopOutcome, SendLag } from '../slice.js';

/** What the verdict needs of an open loop's slice, or of several at one rate, pooled. */
export interface OpenLoopEvidence {
  readonly offered: number;
  readonly answeredInTime: number;
  readonly backlog: { readonly open: number; readonly close: number };
  readonly sendLagUs: SendLag;
}

/** Why a rate was not sustained: the target could not keep up, or the generator was late itself. */
export type Unsustained = 'target' | 'generator';

// Of the arrivals offered at least 99 % must be answered right by the end of the drain.
const leastAnswered = 0.99;
/**
 * A drain hides an overload: a target that can do 90 % of the rate works off a short window's backlog in no time. So the
 * backlog may not grow through the window by more than the same 1 %…
 */
const mostGrowth = 1 - leastAnswered;
/**
 * …beyond chance: arrivals under way in a queue that keeps up are about Poisson distributed (M/G/∞), so the growth has
 * twice their variance. Three standard deviations of it.
 */
const deviations = 3;
/**
 * An idle generator sends within tens of µs. One that is late by 200 µs on average adds more than any in-process filter
 * does; where gaps are long, a twentieth of one still leaves the arrivals their pattern.
 */
const mostSendLagUs = 200;
const mostSendLagOfGap = 0.05;

/**
 * Whether an open loop met its rate. Where it did not, its latencies are those of a queue that grows, and depend on the
 * window's length. The lead must be longer than an answer takes, or the first answers look like a backlog that grows.
 * @param rps arrivals a second that were asked for
 * @returns null where the rate was sustained; else whose doing it is. The generator's comes first: late arrivals say
 * nothing of the target.
 */
export function whyUnsustained(evidence: OpenLoopEvidence, rps: number): Unsustained | null {
  const { offered, answeredInTime, backlog, sendLagUs } = evidence;
  if (sendLagUs.mean > Math.max(mostSendLagUs, (mostSendLagOfGap * 1e6) / rps)) return 'generator';
  const chance = deviations * Math.sqrt(2 * Math.max(backlog.open, 1));
  const growth = backlog.close - backlog.open;
  if (offered === 0 || answeredInTime < leastAnswered * offered) return 'target';
  return growth > mostGrowth * offered + chance ? 'target' : null;
}

/** Whether an open loop met its rate; see `whyUnsustained`. */
export function isSustained(evidence: OpenLoopEvidence, rps: number): boolean {
  return whyUnsustained(evidence, rps) === null;
}

/** Several slices of one arm at one rate: together they tell a small overload from chance. */
export function poolEvidence(slices: readonly OpenLoopEvidence[]): OpenLoopEvidence {
  const sum = (of: (slice: OpenLoopEvidence) => number) =>
    slices.reduce((total, slice) => total + of(slice), 0);
  return {
    offered: sum(({ offered }) => offered),
    answeredInTime: sum(({ answeredInTime }) => answeredInTime),
    backlog: { open: sum(({ backlog }) => backlog.open), close: sum(({ backlog }) => backlog.close) },
    sendLagUs: mergeLags(slices.map(({ sendLagUs }) => sendLagUs)),
  };
}

/** The evidence of a slice; null for a closed loop, which has no rate to sustain. */
export function evidenceOf(outcome: OpenLoopOutcome): OpenLoopEvidence | null {
  const { offered, answeredInTime, backlog, sendLagUs } = outcome;
  return offered === null || answeredInTime === null || !backlog || !sendLagUs
    ? null
    : { offered, answeredInTime, backlog, sendLagUs };
}
