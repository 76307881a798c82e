import type { ArmIdentity, PlanSummary } from '../results/schema/index.js';
import { leastToRank } from '../stats/enough-restarts.js';
import type { Precision, Profile, RestartShape } from './profiles.js';
import { connections, type InTurn, isMain, type StepPlan, stepsOf } from './steps.js';
import { secondsOfMainRound, secondsOfRestart, secondsOnce, secondsWithoutLoad } from './time-estimate.js';

export const confidence = 0.95;

// Where a precision is asked for, rounds follow from the variances of these first restarts.
const pilotRestarts = 3;
const pilotRounds = 12;

/** One scenario on one Envoy in one runtime, with the arms that can be measured. */
export interface ScenarioPlan {
  readonly scenario: string;
  /** Which Envoy or runtime, where the plan has several; a restart has the arms of one, so that few are alive at once. */
  readonly setting?: string;
  readonly arms: readonly ArmIdentity[];
  /** How large the bodies of its load are; left away where it has none. */
  readonly bodyKiB?: number;
}

export interface Plan extends StepPlan {
  readonly seed: number;
  readonly profile: Profile;
  readonly scenarios: readonly ScenarioPlan[];
  readonly summary: PlanSummary;
}

/** What a plan is made for. */
export interface PlanRequest {
  readonly profile: Profile;
  readonly scenarios: readonly ScenarioPlan[];
  readonly seed: number;
  readonly budgetSeconds: number;
  /** Whether the budget ends the run; else it only says how many rounds a restart has. A precision always makes it so. */
  readonly budgetBinds?: boolean;
  /** Rates of the open loop, a second; the profile's where left away. */
  readonly rates?: readonly number[];
  /** Go on until intervals are this narrow, or the budget is spent; null: as many restarts as the profile says. */
  readonly precision?: Precision | null;
  /** One restart without load. */
  readonly proveOnly?: boolean;
}

/**
 * Fits the number of rounds into the budget: what start and proofs leave over is for slices. Never fewer than the profile's
 * least, so the profile's restarts can take longer than the budget; where that binds, there are fewer of them.
 */
export function makePlan(request: PlanRequest): Plan {
  const { profile, scenarios, seed, budgetSeconds, proveOnly = false } = request;
  const precision = proveOnly ? null : (request.precision ?? null);
  const binds = !proveOnly && (precision !== null || request.budgetBinds === true);
  const shapes = shapesOf(request);
  const shape = shapes.lean && binds && !fits(request, shapes.whole) ? shapes.lean : shapes.whole;
  const sidesInTurn = shape === shapes.lean;
  const inTurn = inTurnOf(request, sidesInTurn);
  const empty: StepPlan = { steps: stepsOf(shape, 0, inTurn) };
  const restartSeconds = total(scenarios, (scenario) => secondsOfRestart(scenario, empty));
  const roundSeconds = total(scenarios, (scenario) => secondsOfMainRound(scenario, empty));
  const once = total(scenarios, secondsOnce);
  const affordable = Math.floor(((budgetSeconds - once) / profile.restarts - restartSeconds) / roundSeconds);
  const rounds = allowed(profile, precision === null ? affordable : Math.min(affordable, pilotRounds));
  const passSeconds = restartSeconds + rounds * roundSeconds;
  const held = Math.max(0, Math.floor((budgetSeconds - once) / passSeconds));
  const restarts = precision === null ? Math.min(held, profile.restarts) : held;
  return {
    seed,
    profile,
    scenarios,
    steps: proveOnly ? [] : stepsOf(shape, rounds, inTurn),
    summary: {
      proveOnly,
      restarts: proveOnly ? 1 : profile.restarts,
      rounds: proveOnly ? 0 : rounds,
      unloadedRounds: proveOnly ? 0 : shape.unloadedRounds,
      sliceMs: shape.windowMs,
      connections,
      rates: proveOnly ? [] : [...shape.rates],
      confidence,
      intervals: profile.intervals && !proveOnly,
      budgetSeconds,
      precisionUs: precision === null ? null : precision.us,
      ...(precision && precision.share > 0 && { precisionShare: precision.share }),
      ...(binds && { budgetBinds: true, sidesInTurn, estimatedRestarts: restarts }),
      secondsPerRestart: restartSeconds,
      secondsPerRound: roundSeconds,
      estimatedSeconds: Math.round(
        proveOnly
          ? once + total(scenarios, secondsWithoutLoad)
          : precision !== null
            ? budgetSeconds
            : once + (binds ? restarts : profile.restarts) * passSeconds,
      ),
    },
  };
}

/** Whether the variances of the first restarts are to say how many rounds the others get. */
export function isPilot(plan: Plan, restart: number): boolean {
  return plan.summary.precisionUs !== null && restart < pilotRestarts;
}

/**
 * The same plan with as many closed-loop rounds as the variances advise, within what its profile allows; never so many that
 * the budget no longer holds the restarts that ranking needs.
 * @param done restarts of every scenario so far
 * @param spentSeconds the time that the run took until then
 */
export function withAdvisedRounds(plan: Plan, advised: number, done: number, spentSeconds: number): Plan {
  const { rounds, budgetSeconds, secondsPerRound } = plan.summary;
  const secondsEach = (budgetSeconds - spentSeconds) / Math.max(1, leastToRank - done);
  const affordable = rounds + Math.floor((secondsEach - spentSeconds / done) / secondsPerRound);
  const next = allowed(plan.profile, Math.min(advised, affordable));
  const steps = plan.steps.map((step) => (isMain(step) ? { ...step, rounds: next } : step));
  return { ...plan, steps, summary: { ...plan.summary, rounds: next } };
}

// Who names rates wants to know of them: what has fewer restarts than ranking needs is never sure.
function inTurnOf({ rates }: PlanRequest, isLean: boolean): InTurn {
  if (!isLean) return 'none';
  return rates === undefined ? 'unloaded and rates' : 'unloaded';
}

function shapesOf({ profile, rates }: PlanRequest): { whole: RestartShape; lean: RestartShape | null } {
  const { lean } = profile;
  if (rates === undefined) return { whole: profile, lean };
  return { whole: { ...profile, rates }, lean: lean && { ...lean, rates } };
}

/** Whether the budget holds all restarts of this shape with the least rounds. */
function fits({ profile, scenarios, budgetSeconds }: PlanRequest, shape: RestartShape): boolean {
  const plan: StepPlan = { steps: stepsOf(shape, profile.rounds.least) };
  const each = total(scenarios, (scenario) => secondsOfRestart(scenario, plan));
  return total(scenarios, secondsOnce) + profile.restarts * each <= budgetSeconds;
}

function allowed({ rounds }: Profile, count: number): number {
  return Math.min(Math.max(count, rounds.least), rounds.most);
}

function total(scenarios: readonly ScenarioPlan[], seconds: (scenario: ScenarioPlan) => number): number {
  return scenarios.reduce((sum, scenario) => sum + seconds(scenario), 0);
}
