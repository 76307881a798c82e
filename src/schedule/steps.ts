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
}

/** What every restart goes through, and whether all of it does each time. */
export interface StepPlan {
  readonly steps: readonly Step[];
  /** True: of open loop and unloaded rounds every other restart has one kind, and those between have none. */
  readonly sidesInTurn: boolean;
}

/** Warm-up, closed-loop rounds, then what stands beside them: the open loop at each rate, and 1 connection. */
export function stepsOf(shape: RestartShape, rounds: number): Step[] {
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
      }),
    ),
    {
      purpose: 'measure',
      load: { ...closed, connections: 1 },
      rounds: shape.unloadedRounds,
      windowMs: shape.unloadedWindowMs,
    },
  ];
}

/** Whether a step gives the costs that arms are compared by. */
export function isMain({ purpose, load }: Step): boolean {
  return purpose === 'measure' && load.loop === 'closed' && load.connections === connections;
}

function isSide(step: Step): boolean {
  return step.purpose === 'measure' && !isMain(step);
}

/** The steps of one restart of a scenario; where sides take turns, the last one begins: 1 connection. */
export function stepsOfRestart(
  { steps, sidesInTurn }: StepPlan,
  scenario: BodySize,
  restart: number,
): Step[] {
  const sides = steps.filter(isSide);
  const turn = restart % 2 === 0 ? sides[(sides.length - 1 + restart / 2) % sides.length] : undefined;
  const own = sidesInTurn ? steps.filter((step) => !isSide(step) || step === turn) : steps;
  return stepsOfScenario(scenario, own);
}

/** How many restarts it takes until every side had its turn. */
export function restartsOfTurn({ steps, sidesInTurn }: StepPlan): number {
  return sidesInTurn ? Math.max(1, 2 * steps.filter(isSide).length) : 1;
}
