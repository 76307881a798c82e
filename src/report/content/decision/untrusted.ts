import { compareVersions } from '../../../envoy/version.js';
import { type IsolationRow, isolationMatrix } from '../../../faults/matrix.js';
import { type Radius, radii } from '../../../faults/radius.js';
import type { Evidence } from '../../../results/schema/index.js';
import { absent, counted } from '../../format/number.js';
import { cell, type TableCell } from '../cells.js';
import type { VariantTable } from '../variant-table.js';
import { representatives } from './job.js';

/** What goes wrong, by kind; each fault of src/faults/families is of one. */
export const faultClasses = [
  {
    head: 'It crashes',
    faults: [
      ...['kill', 'segv', 'null', 'abort', 'panic-caught', 'panic-uncaught', 'error'],
      ...['trap', 'traps', 'out-of-bounds', 'killed', 'closed'],
    ],
  },
  { head: 'It never answers', faults: ['loop', 'hung'] },
  { head: 'It takes memory', faults: ['memory', 'exhaust'] },
  { head: 'It answers late, or nonsense', faults: ['slow', 'garbage'] },
] as const;

const reach: Readonly<Record<Radius, string>> = {
  none: 'nobody',
  request: 'its request',
  worker: 'one worker',
  filter: 'the filter',
  process: 'all of Envoy',
};

/** How far a filter that nobody trusts can reach, from injected faults; null where none was injected. */
export function untrustedTable(evidence: readonly Evidence[]): VariantTable | null {
  const all = isolationMatrix(evidence);
  const [newest] = all.map(({ envoy }) => envoy).toSorted((a, b) => compareVersions(b, a));
  if (newest === undefined) return null;
  const rows = all.filter(({ envoy }) => envoy === newest);
  return {
    title: 'Faults of untrusted code',
    caption:
      `Who is harmed at worst, by faults injected into Envoy ${newest}: its request: only the one that caused it; one worker: others on ` +
      'the same thread, too; the filter: all that goes through it, on every worker; all of Envoy: everybody.',
    heads: [...faultClasses.map(({ head }) => head), 'Envoy lived', 'Let through unseen'],
    rows: representatives.map((arm) => {
      const own = rows.filter(({ mechanism }) => mechanism === arm.mechanism);
      const cells = [
        ...faultClasses.map(({ faults }) => classCell(own, faults)),
        livedCell(own),
        unseenCell(own),
      ];
      return { arm: { ...arm, variant: own[0]?.variant ?? arm.variant }, cells };
    }),
    footnotes: [
      'A case is a fault under a policy.',
      'Let through unseen: requests that are served though the filter has not seen them, as some policies want it when a filter fails.',
    ],
  };
}

function rank(radius: Radius): number {
  return radii.indexOf(radius);
}

function widestOf(radiuses: readonly Radius[]): Radius {
  return radiuses.toSorted((a, b) => rank(b) - rank(a))[0] ?? 'none';
}

function classCell(own: readonly IsolationRow[], faults: readonly string[]): TableCell {
  const rows = own.filter(({ fault }) => faults.includes(fault));
  if (rows.length === 0) return cell(absent, '', 'not injected');
  const widest = widestOf(rows.map(({ radius }) => radius));
  const worst = rows.filter(({ radius }) => radius === widest);
  const besides = worst.some(({ harmsNeighbours }) => harmsNeighbours) && widest !== 'process';
  return cell(
    reach[widest] + (besides ? ', also beside the filter' : ''),
    [...new Set(worst.map(({ fault }) => fault))].join(', '),
    betterPolicy(rows, widest),
  );
}

/** Which policies keep it nearer, where there is a choice. */
function betterPolicy(rows: readonly IsolationRow[], widest: Radius): string {
  const byPolicy = new Map<string, Radius>();
  for (const { policy, radius } of rows) {
    if (policy !== null) byPolicy.set(policy, widestOf([radius, byPolicy.get(policy) ?? 'none']));
  }
  const best = [...byPolicy.values()].toSorted((a, b) => rank(a) - rank(b))[0];
  if (best === undefined || best === widest) return '';
  const policies = [...byPolicy].flatMap(([policy, radius]) => (radius === best ? [policy] : []));
  return `${reach[best]} with ${policies.join(' or ')}`;
}

function livedCell(own: readonly IsolationRow[]): TableCell {
  if (own.length === 0) return cell(absent, '', 'not injected');
  const died = own.filter((row) => row.died !== null);
  if (died.length === 0) return cell('yes', `in ${counted(own.length, 'case')}`);
  const how = [...new Set(died.map((row) => row.died))].join(', ');
  return cell('no', `${how} in ${died.length} of ${counted(own.length, 'case')}`);
}

function unseenCell(own: readonly IsolationRow[]): TableCell {
  if (own.length === 0) return cell(absent, '', 'not injected');
  const widest = widestOf(own.map(({ unfiltered }) => unfiltered));
  if (widest === 'none') return cell('nobody');
  const worst = own.filter(({ unfiltered }) => unfiltered === widest);
  return cell(reach[widest], [...new Set(worst.map(({ policy, fault }) => policy ?? fault))].join(', '));
}
