import { type ArmIdentity, isReference, type Load, type PlanSummary } from '../results/schema/index.js';
import type { Profile } from './profiles.js';
import { stepsOfScenario } from './scenario-steps.js';

// What a slice costs besides its window and lead, as measured on two cores: connecting, autocannon's last tick.
const sliceOverheadMs = 10;
/** Time after a slice's first response that is not counted (method: inner window). */
export const leadMs = 20;
// Start, two rounds of proofs, counters and stop of one arm, as measured on two cores.
const armSecondsPerRestart = 0.12;
const validateSecondsPerArm = 0.15;

/** Closed loop at this many connections (method: default load). */
export const connections = 16;
export const confidence = 0.95;

// Where a precision is asked for, rounds follow from the variances of these first restarts.
const pilotRestarts = 3;
const pilotRounds = 12;

/** One scenario with the arms that can be measured. */
export interface ScenarioPlan {
  readonly scenario: string;
  readonly arms: readonly ArmIdentity[];
  /** How large the bodies of its load are; left away where it has none. */
  readonly bodyKiB?: number;
}

/** Rounds of one kind, which every restart goes through in order. */
export interface Step {
  readonly purpose: 'warm-up' | 'measure';
  readonly load: Load;
  readonly rounds: number;
  /** Length of a slice's inner window. */
  readonly windowMs: number;
}

export interface Plan {
  readonly seed: number;
  readonly profile: Profile;
  readonly scenarios: readonly ScenarioPlan[];
  readonly steps: readonly Step[];
  readonly summary: PlanSummary;
}

/** What a plan is made for. */
export interface PlanRequest {
  readonly profile: Profile;
  readonly scenarios: readonly ScenarioPlan[];
  readonly seed: number;
  readonly budgetSeconds: number;
  /** Rates of the open loop, a second; the profile's where left away. */
  readonly rates?: readonly number[];
  /** Go on until intervals are this narrow, or the budget is spent; null: as many restarts as the profile says. */
  readonly precisionUs?: number | null;
  /** One restart without load. */
  readonly proveOnly?: boolean;
}

/**
 * Fits the number of rounds into the budget: what start and proofs leave over is for slices. Never fewer than the profile's
 * least, so the estimate can exceed the budget.
 */
export function makePlan(request: PlanRequest): Plan {
  const { profile, scenarios, seed, budgetSeconds, precisionUs = null, proveOnly = false } = request;
  const arms = scenarios.reduce((sum, scenario) => sum + scenario.arms.length, 0);
  const restartSeconds = arms * armSecondsPerRestart + secondsOf(stepsOf(request, 0), scenarios);
  const roundSeconds = secondsOf(stepsOf(request, 1).filter(isMain), scenarios);
  const once = arms * validateSecondsPerArm;
  const affordable = Math.floor(((budgetSeconds - once) / profile.restarts - restartSeconds) / roundSeconds);
  const fitting = precisionUs === null ? affordable : Math.min(affordable, pilotRounds);
  const rounds = Math.min(Math.max(fitting, profile.rounds.least), profile.rounds.most);
  const measuring = profile.restarts * (restartSeconds + rounds * roundSeconds);
  const estimate = once + (proveOnly ? arms * armSecondsPerRestart : measuring);
  return {
    seed,
    profile,
    scenarios,
    steps: proveOnly ? [] : stepsOf(request, rounds),
    summary: {
      proveOnly,
      restarts: proveOnly ? 1 : profile.restarts,
      rounds: proveOnly ? 0 : rounds,
      unloadedRounds: proveOnly ? 0 : profile.unloadedRounds,
      sliceMs: profile.windowMs,
      connections,
      rates: proveOnly ? [] : [...ratesOf(request)],
      confidence,
      intervals: profile.intervals && !proveOnly,
      budgetSeconds,
      precisionUs: proveOnly ? null : precisionUs,
      secondsPerRestart: restartSeconds,
      secondsPerRound: roundSeconds,
      estimatedSeconds: Math.round(precisionUs === null ? estimate : Math.max(estimate, budgetSeconds)),
    },
  };
}

/** Whether the variances of the first restarts are to say how many rounds the others get. */
export function isPilot(plan: Plan, restart: number): boolean {
  return plan.summary.precisionUs !== null && restart < pilotRestarts;
}

/** The same plan with another number of closed-loop rounds, within what its profile allows. */
export function withRounds(plan: Plan, rounds: number): Plan {
  const { least, most } = plan.profile.rounds;
  const allowed = Math.min(Math.max(rounds, least), most);
  const steps = plan.steps.map((step) => (isMain(step) ? { ...step, rounds: allowed } : step));
  return { ...plan, steps, summary: { ...plan.summary, rounds: allowed } };
}

function isMain({ purpose, load }: Step): boolean {
  return purpose === 'measure' && load.loop === 'closed' && load.connections === connections;
}

function ratesOf({ rates, profile }: PlanRequest): readonly number[] {
  return rates ?? profile.rates;
}

function stepsOf(request: PlanRequest, rounds: number): Step[] {
  const { profile } = request;
  const closed: Load = { loop: 'closed', connections, workers: 1 };
  const open = ratesOf(request).map(
    (rps): Step => ({
      purpose: 'measure',
      load: { loop: 'open', rps, workers: 1 },
      rounds: profile.openLoopRounds,
      windowMs: profile.openLoopWindowMs,
    }),
  );
  const { windowMs } = profile;
  return [
    { purpose: 'warm-up', load: closed, rounds: profile.warmUpSlices, windowMs },
    { purpose: 'measure', load: closed, rounds, windowMs },
    ...open,
    {
      purpose: 'measure',
      load: { ...closed, connections: 1 },
      rounds: profile.unloadedRounds,
      windowMs: profile.unloadedWindowMs,
    },
  ];
}

// No slice is further than this from a baseline slice (method: blocks).
const farthestFromBaselineMs = 2_000;

/** How many blocks a round of these arms takes; each holds a baseline slice of its own. */
export function blocksOfRound(arms: readonly ArmIdentity[], windowMs: number): number {
  const slicesOfBlock = Math.max(2, Math.floor(farthestFromBaselineMs / sliceMs(windowMs)));
  const others = arms.filter((arm) => !isReference(arm)).length;
  return Math.max(1, Math.ceil(others / (slicesOfBlock - 1)));
}

function sliceMs(windowMs: number): number {
  return windowMs + leadMs + sliceOverheadMs;
}

function secondsOf(steps: readonly Step[], scenarios: readonly ScenarioPlan[]): number {
  return scenarios.reduce(
    (total, scenario) =>
      stepsOfScenario(scenario, steps).reduce(
        (sum, { rounds, windowMs }) => sum + rounds * secondsOfRound(scenario, windowMs),
        total,
      ),
    0,
  );
}

function secondsOfRound({ arms }: ScenarioPlan, windowMs: number): number {
  const slices = arms.length - 1 + blocksOfRound(arms, windowMs);
  return (slices * sliceMs(windowMs)) / 1_000;
}
