import { identicalResults } from '../../results/analyse/index.js';
import type { Run } from '../../results/schema/index.js';
import { intervalOf } from '../content/interval.js';
import { columns } from '../format/columns.js';
import { absent, usPlusMinus } from '../format/number.js';

/** What pairs of identical Envoys differed by, for a terminal. */
export function identicalLines(run: Run): string[] {
  const { pairs, excludingZero, medianHalfWidthUs, secondsPerArm, timeShares } = identicalResults(run);
  const rows = pairs.map(({ id, differenceUs, excludesZero }) => [
    id.replace(/^.*#(\d+)\+twin$/, 'pair $1'),
    usPlusMinus(differenceUs.estimate, intervalOf(run, differenceUs)),
    excludesZero ? 'excludes zero' : '',
  ]);
  const shares = timeShares
    ? Object.entries(timeShares).map(
        ([name, share]) => `${names[name] ?? name} ${(share * 100).toFixed(1)} %`,
      )
    : [];
  return [
    ...columns([['identical Envoys', 'µs of CPU', ''], ...rows]),
    '',
    `${excludingZero} of ${pairs.length} intervals exclude zero; median half-width ${medianHalfWidthUs.toFixed(2)} µs`,
    `${secondsPerArm?.toFixed(1) ?? absent} s of wall time an arm: ${shares.join(', ')}`,
  ];
}

const names: Readonly<Record<string, string>> = {
  start: 'start and stop',
  proof: 'proofs',
  warmUp: 'warm-up',
  slices: 'slices',
  waiting: 'waiting',
};
