import { linearRegression, mean } from 'simple-statistics';

/** A straight line through points, and how well they lie on it. */
export interface Line {
  readonly slope: number;
  readonly intercept: number;
  /** Share of the variance of y that the line explains; null where y does not vary. */
  readonly rSquared: number | null;
  /** The largest distance of a point from the line, in the unit of y. */
  readonly largestResidual: number;
}

/**
 * Least squares (Legendre 1805): whether a cost grows in a straight line with what was asked for, such as loop counts. It shows
 * linearity, not truth: a scale that is off by a factor has the same r².
 * @throws RangeError with fewer than two different x.
 */
export function linearity(points: readonly { readonly x: number; readonly y: number }[]): Line {
  if (new Set(points.map(({ x }) => x)).size < 2) throw new RangeError('a line needs two different x');
  const { m: slope, b: intercept } = linearRegression(points.map(({ x, y }) => [x, y]));
  const residuals = points.map(({ x, y }) => y - slope * x - intercept);
  const middle = mean(points.map(({ y }) => y));
  const spread = squares(points.map(({ y }) => y - middle));
  return {
    slope,
    intercept,
    rSquared: spread === 0 ? null : 1 - squares(residuals) / spread,
    largestResidual: Math.max(...residuals.map(Math.abs)),
  };
}

function squares(values: readonly number[]): number {
  return values.reduce((total, value) => total + value * value, 0);
}
