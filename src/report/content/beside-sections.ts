import type { Beside } from '../beside.js';
import { capabilities } from './capabilities.js';
import { compatibility } from './compatibility.js';
import { isolation } from './isolation.js';
import type { BesideSection } from './section.js';
import { swaps } from './swaps.js';

/** What there is to show besides numbers, in the order in which a report shows it. A new one is a file beside this and a line here. */
export function besideSections(beside: Beside): BesideSection[] {
  const { matrix, evidence } = beside;
  return [isolation(evidence), compatibility(matrix), capabilities(evidence), swaps(evidence)].filter(
    (section) => section !== null,
  );
}
