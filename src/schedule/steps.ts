import type { Load } from '../results/schema/index.js';
import type { RestartShape } from './profiles.js';
import { type BodySize, stepsOfScenario } from './scenario-steps.js';

/** Closed loop at this many connections (method: default load). */
export const connections = 16;

/** Rounds of one kind, which every restart goes through in order. */
export interface Step {
  readonly purpose: 'warm-up' | 'measure';
  readonly load: Load;
  readonly rounds: number;
  /** Length of a slice's inner window. */
  readonly windowMs: number;
  /** Every other restart has one of the steps in turn, and those between have none; left away where each restart has it. */
  readonly inTurn?: boolean;
}

/** What a restart goes through. */
export interface StepPlan {
  readonly steps: readonly Step[];
}

/** Which steps beside the closed-loop rounds take turns, for lack of time. */
export type InTurn = 'none' | 'unloaded' | 'unloaded and rates';

/** Warm-up, closed-loop rounds, then what stands beside them: the open loop at each rate, and 1 connection. */
export function stepsOf(shape: RestartShape, rounds: number, inTurn: InTurn = 'none'): Step[] {
  const closed: Load = { loop: 'closed', connections, workers: 1 };
  return [
    { purpose: 'warm-up', load: closed, rounds: shape.warmUpSlices, windowMs: shape.warmUpWindowMs },
    { purpose: 'measure', load: closed, rounds, windowMs: shape.windowMs },
    ...shape.rates.map(
      (rps): Step => ({
        purpose: 'measure',
        load: { loop: 'open', rps, workers: 1 },
        rounds: shape.openLoopRounds,
        windowMs: shape.openLoopWindowMs,
        ...(inTurn === 'unloaded and rates' && { inTurn: true }),
      }),
    ),
    {
      purpose: 'measure',
      load: { ...closed, connections: 1 },
      rounds: shape.unloadedRounds,
      windowMs: shape.unloadedWindowMs,
      ...(inTurn !== 'none' && { inTurn: true }),
    },
  ];
}

/** Whether a step gives the costs that arms are compared by. */
export function isMain({ purpose, load }: Step): boolean {
  return purpose === 'measure' && load.loop === 'closed' && load.connections === connections;
}

/** The steps of one restart of a scenario; of those in turn the last one begins: 1 connection. */
export function stepsOfRestart({ steps }: StepPlan, scenario: BodySize, restart: number): Step[] {
  const turns = steps.filter(({ inTurn }) => inTurn);
  const turn = restart % 2 === 0 ? turns[(turns.length - 1 + restart / 2) % turns.length] : undefined;
  return stepsOfScenario(
    scenario,
    steps.filter((step) => !step.inTurn || step === turn),
  );
}

/** How many restarts it takes until every step had its turn. */
export function restartsOfTurn({ steps }: StepPlan): number {
  return Math.max(1, 2 * steps.filter(({ inTurn }) => inTurn).length);
}
