/**
 * Restarts from which on an interval is shown. With 2 its half-width is 12.7 standard errors, which two values hardly know; with 3
 * it is 4.3: legitimate, and wide.
 */
export const leastForInterval = 3;

/**
 * Restarts without which nothing is ranked and no precision counts as reached (method: 12 in quick): a spread of few values is narrow by
 * luck too often. With 12 the standard deviation is known to about a fifth, 1/√(2·11).
 */
export const leastToRank = 12;
