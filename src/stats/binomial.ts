import { sum } from 'simple-statistics';

/**
 * How many of some independent events may come up before it is no chance: the least k with P(more than k) ≤ alpha, by the
 * binomial distribution.
 * @param probability of each, such as 0.05 for a 95 % interval that misses its truth
 */
export function mostByChance(trials: number, probability: number, alpha: number): number {
  let atMost = 0;
  for (let k = 0; k < trials; k += 1) {
    atMost += chanceOf(k, trials, probability);
    if (1 - atMost <= alpha) return k;
  }
  return trials;
}

function chanceOf(k: number, trials: number, probability: number): number {
  const logs = Array.from({ length: k }, (_, i) => Math.log((trials - i) / (i + 1)));
  return Math.exp(sum(logs) + k * Math.log(probability) + (trials - k) * Math.log1p(-probability));
}
