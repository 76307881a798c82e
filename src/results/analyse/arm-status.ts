import type { ArmStatus, Evidence } from '../schema/index.js';
import type { Totals } from '../slices/index.js';

/** Whether an arm counts, and why not. */
export interface ArmVerdict {
  readonly status: ArmStatus;
  readonly reason: string | null;
}

/** One failed proof, or one wrong response under load, and an arm is invalid; one that was never started is unavailable. */
export function judgeArm(evidence: readonly Evidence[], totals: Totals): ArmVerdict {
  if (evidence.length === 0 && totals.slices === 0)
    return { status: 'unavailable', reason: 'the run ended before its first restart' };
  const failure = evidence.find(({ passed }) => !passed);
  if (failure) return verdictOfFailure(failure);
  const { bad, served, badExample } = totals;
  if (bad > 0) {
    return {
      status: 'invalid',
      reason: `under load ${bad} of ${served} responses were wrong: ${badExample}`,
    };
  }
  if (!evidence.some(({ kind }) => kind === 'proof'))
    return { status: 'invalid', reason: 'it was never proven' };
  return { status: 'valid', reason: null };
}

/** What evidence that did not pass makes of its arm. */
export function verdictOfFailure(failure: Evidence): ArmVerdict {
  const problem = failure.problem ?? 'a proof failed';
  if (failure.kind === 'validate' && failure.lacks !== null) {
    return { status: 'unavailable', reason: `this Envoy build lacks ${failure.lacks}: ${problem}` };
  }
  return { status: 'invalid', reason: `${describe(failure)}: ${problem}` };
}

function describe(evidence: Evidence): string {
  switch (evidence.kind) {
    case 'validate':
      return 'validation';
    case 'start':
      return 'start';
    case 'counters':
      return 'counters';
    case 'compat':
      return 'compatibility';
    case 'fault':
      return 'before the fault';
    case 'load':
    case 'silent':
      return evidence.purpose === 'warm-up' ? 'warm-up' : 'under load';
    case 'effort':
      return 'effort';
    case 'above-limit':
      return 'above the buffer limit';
    case 'probe':
    case 'swap':
      return evidence.probe;
    case 'restart-done':
    case 'abandoned':
      return 'restart';
    case 'proof':
      return `${evidence.phase}, ${evidence.case}`;
  }
}
