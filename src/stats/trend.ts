import jstat from 'jstat';
import { mean } from 'simple-statistics';

/** How well restarts follow an order that was foretold. */
export interface Trend {
  /** Spearman's rank correlation with the order, one a restart: 1 the same order, −1 the reverse. */
  readonly correlations: readonly number[];
  /** Two-sided, by the normal distribution. */
  readonly p: number;
}

/**
 * Page's test for ordered alternatives (Page 1963, JASA 58): blocks are restarts, treatments are arms in the order that was foretold,
 * from the least. L, freed of its mean and scaled, is the mean rank correlation r, whose variance without any order is
 * 1/(n·(k − 1)).
 * @param rows one a restart, each with a value an arm, at least two
 */
export function pageTrend(rows: readonly (readonly number[])[]): Trend {
  const correlations = rows.map(correlationWithOrder);
  const arms = rows[0]?.length ?? 0;
  const z = mean([...correlations]) * Math.sqrt(rows.length * (arms - 1));
  return { correlations, p: Math.min(1, Math.max(0, jstat.jStat.erfc(Math.abs(z) / Math.SQRT2))) };
}

/** Pearson's correlation of the ranks with 1, 2, …, k; nothing where all are equal. */
function correlationWithOrder(values: readonly number[]): number {
  const ranks = ranksOf(values);
  const middle = (values.length + 1) / 2;
  let together = 0;
  let ofRanks = 0;
  let ofPlaces = 0;
  for (const [index, rank] of ranks.entries()) {
    together += (rank - middle) * (index + 1 - middle);
    ofRanks += (rank - middle) ** 2;
    ofPlaces += (index + 1 - middle) ** 2;
  }
  return ofRanks === 0 ? 0 : together / Math.sqrt(ofRanks * ofPlaces);
}

/** Ranks from 1; equal values share the mean of theirs. */
function ranksOf(values: readonly number[]): number[] {
  return values.map((value) => {
    const less = values.filter((other) => other < value).length;
    const equal = values.filter((other) => other === value).length;
    return less + (equal + 1) / 2;
  });
}
