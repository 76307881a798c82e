import type { Estimate, Load } from '../../src/results/schema/index.js';

const closed: Load = { loop: 'closed', connections: 16, workers: 1 };

/** Numbers in [-1, 1] that are the same on every machine. */
export function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}

export function estimator(restarts: number, intervals: boolean, random: () => number) {
  return (mean: number, spread: number, load: Load = closed): Estimate => {
    const perRestart = Array.from({ length: restarts }, () => mean + spread * (random() + random()));
    const estimate = perRestart.reduce((sum, value) => sum + value, 0) / restarts;
    const variance =
      perRestart.reduce((sum, value) => sum + (value - estimate) ** 2, 0) / Math.max(1, restarts - 1);
    const half = 2.2 * Math.sqrt(variance / restarts);
    return {
      estimate,
      low: intervals ? estimate - half : null,
      high: intervals ? estimate + half : null,
      median: perRestart.toSorted((a, b) => a - b)[Math.floor(restarts / 2)]!,
      confidence: 0.95,
      restarts,
      slices: restarts * 16,
      load,
      perRestart,
    };
  };
}
export type Estimator = ReturnType<typeof estimator>;
