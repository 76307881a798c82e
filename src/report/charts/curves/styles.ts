import type { Run } from '../../../results/schema/index.js';

// Variants of a mechanism share its colour, so their lines and dots differ: colour alone never tells two apart.
const dashes = [
  [1, 0],
  [5, 3],
  [2, 2],
  [8, 2, 2, 2],
  [10, 3],
  [4, 2, 1, 2, 1, 2],
];
const shapes = ['circle', 'square', 'triangle-up', 'diamond', 'triangle-down', 'cross'];
const styles = shapes.map((_, style) => style);

/** Which dash and dot a variant has: the same in all charts of a run. */
export function styleOf(run: Run, { mechanism, variant }: { mechanism: string; variant: string }): number {
  const alike = run.arms.filter((arm) => arm.mechanism === mechanism).map((arm) => arm.variant);
  return [...new Set(alike)].indexOf(variant) % styles.length;
}

/** How a line is dashed. */
export const dash = {
  field: 'style',
  type: 'nominal',
  scale: { domain: styles, range: dashes },
  legend: null,
} as const;

/** What its dots look like. */
export const shape = {
  field: 'style',
  type: 'nominal',
  scale: { domain: styles, range: shapes },
  legend: null,
} as const;
