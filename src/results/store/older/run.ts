import { eachOf, type Fields, isFields, withMissing } from './fields.js';

/**
 * run.json of before series (until 2026-11-24), and of before open loops, calibration and precision (until 2026-11-23). What is told from samples
 * is left empty where the older shape differs: every reader makes it again.
 */
export function presentRun(stored: Fields): Fields {
  return {
    ...missing,
    ...stored,
    plan: withMissing(stored.plan, planFields(stored)),
    scenarios: eachOf(stored.scenarios, (scenario) => ({ family: scenario.name, rung: null, ...scenario })),
    fingerprint: withMissing(stored.fingerprint, unseenOfMachine),
    arms: eachOf(stored.arms, (arm) => ({ steadyState: null, outliers: null, ...arm })),
    comparisons: wholeOnly(stored.comparisons, 'pAdjusted'),
    slopes: wholeOnly(stored.slopes ?? [], 'residuals'),
  };
}

const missing = { generator: null, conduct: null, advice: null, rungNoiseFloors: [], calibration: null };

const unseenOfMachine = {
  smt: null,
  turbo: null,
  cgroupCpuLimit: null,
  cgroupThrottledMs: null,
  thermalThrottles: null,
  stealShare: null,
};

// Then there was no open loop, and nobody could ask for a precision.
function planFields({ plan }: Fields): Fields {
  const { estimatedSeconds, restarts, rounds } = isFields(plan) ? plan : {};
  const secondsPerRestart = ratio(estimatedSeconds, restarts);
  return {
    rates: [],
    precisionUs: null,
    secondsPerRestart,
    secondsPerRound: ratio(secondsPerRestart, rounds),
  };
}

function ratio(whole: unknown, parts: unknown): number {
  return typeof whole === 'number' && typeof parts === 'number' && parts > 0 ? whole / parts : 0;
}

/** A list, or an empty one where its first item lacks a field that all have now. */
function wholeOnly(list: unknown, field: string): unknown {
  const [first] = Array.isArray(list) ? (list as unknown[]) : [];
  return isFields(first) && !(field in first) ? [] : list;
}
