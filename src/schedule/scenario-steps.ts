import type { Step } from './steps.js';

// From here on a request takes ms, and too few of them fit into a window.
const largeBodyKiB = 128;
const largeBodyWindows = 3;
// What the generator and an upstream on one core can pass on and still keep the times of arrivals.
const mostOpenLoopKiBPerSecond = 128 * 1_024;

/** How large the bodies of a scenario's load are; left away where it has none. */
export interface BodySize {
  readonly bodyKiB?: number;
}

/**
 * The steps of a plan as one scenario goes through them: with large bodies windows are longer in a closed loop, and rates that
 * no sender keeps are left away.
 */
export function stepsOfScenario({ bodyKiB = 0 }: BodySize, steps: readonly Step[]): Step[] {
  return steps.flatMap((step): Step[] => {
    if (step.load.loop === 'open') return step.load.rps * bodyKiB > mostOpenLoopKiBPerSecond ? [] : [step];
    return bodyKiB < largeBodyKiB ? [step] : [{ ...step, windowMs: largeBodyWindows * step.windowMs }];
  });
}
