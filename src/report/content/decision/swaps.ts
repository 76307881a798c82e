import { compareVersions } from '../../../envoy/version.js';
import type { Evidence, EvidenceOf } from '../../../results/schema/index.js';
import { absent, significant } from '../../format/number.js';
import { cell, type TableCell } from '../cells.js';
import { effortOfEach, memoryCell } from '../effort.js';
import { buildTime } from '../effort-words.js';
import { ownNumbersOf, type Setting } from '../setting.js';
import type { VariantTable } from '../variant-table.js';
import { representatives } from './job.js';

type Swap = EvidenceOf<'swap'>;

/** What can change, and which swap shows it for each mechanism. */
const changes = [
  {
    head: 'New configuration',
    // A script is its own configuration.
    probes: {
      lua: 'swap/lua/script',
      wasm: 'swap/wasm/config',
      'dynamic-module': 'swap/dynamic-module/config',
    },
  },
  {
    head: 'New code',
    probes: {
      cpp: 'swap/hot-restart',
      lua: 'swap/lua/script',
      wasm: 'swap/wasm-code/other-file',
      'dynamic-module': 'swap/dynamic-module-rust/other-file',
      'ext-proc': 'swap/ext-proc/server',
    },
  },
  {
    head: 'New code in the same file',
    probes: { wasm: 'swap/wasm-code/same-path', 'dynamic-module': 'swap/dynamic-module-rust/same-path' },
  },
] as const satisfies readonly { readonly head: string; readonly probes: Readonly<Record<string, string>> }[];

/** What a change of each filter did to the requests meanwhile; null where nothing was swapped. */
export function swapTable(evidence: readonly Evidence[], setting: Setting | null): VariantTable | null {
  const all = evidence.filter((item): item is Swap => item.kind === 'swap' && item.passed);
  const [newest] = all.map(({ envoy }) => envoy).toSorted((a, b) => compareVersions(b, a));
  if (newest === undefined) return null;
  const swaps = new Map(all.filter(({ envoy }) => envoy === newest).map((swap) => [swap.probe, swap]));
  const effort = effortOfEach(evidence);
  return {
    title: 'Changes while requests flow',
    caption:
      `Requests lost while a filter changed under load in Envoy ${newest}, and how long the old one served until the first answer of the new ` +
      'one.',
    heads: [
      ...changes.map(({ head }) => head),
      'Needs a restart of Envoy',
      ...(effort.length === 0 ? [] : ['Clean build, s']),
      'Memory over baseline, MiB',
    ],
    rows: representatives.map((arm) => {
      const own = changes.map(({ head, probes }) => ({ head, swap: swapOf(swaps, probes, arm.mechanism) }));
      const built = effort.find(({ variant }) => variant === arm.variant);
      return {
        arm,
        cells: [
          ...own.map(({ swap }) => swapCell(swap)),
          restartCell(own),
          ...(effort.length === 0 ? [] : [cell(built === undefined ? absent : buildTime(built))]),
          memoryCell(setting === null ? null : ownNumbersOf(setting, arm.variant)),
        ],
      };
    }),
    footnotes: footnotesOf(swaps),
  };
}

function swapOf(
  swaps: ReadonlyMap<string, Swap>,
  probes: Readonly<Record<string, string>>,
  mechanism: string,
): Swap | null {
  const probe = probes[mechanism];
  return (probe === undefined ? undefined : swaps.get(probe)) ?? null;
}

function swapCell(swap: Swap | null): TableCell {
  if (swap === null) return cell(absent, '', 'not tried');
  const { account, way } = swap;
  const { firstNewMs, lost, wrong, offered } = account;
  const remarks = [
    ...(wrong === 0 ? [] : [`${wrong} wrong`]),
    ...(way === 'hot-restart' ? ['by a hot restart'] : []),
  ];
  const taken = firstNewMs === null ? 'not taken' : `new after ${significant(firstNewMs, 0)} ms`;
  return cell(`${lost} of ${offered} lost`, taken, remarks.join(', '));
}

function restartCell(own: readonly { readonly head: string; readonly swap: Swap | null }[]): TableCell {
  const tried = own.flatMap(({ head, swap }) => (swap === null ? [] : [{ head, swap }]));
  if (tried.length === 0) return cell(absent, '', 'not tried');
  const isLacking = ({ way, account }: Swap) => way === 'hot-restart' || account.firstNewMs === null;
  const lacking = tried.filter(({ swap }) => isLacking(swap));
  if (lacking.length === 0) return cell('no');
  return cell('yes', `for ${lacking.map(({ head }) => head.toLowerCase()).join(', ')}`);
}

function footnotesOf(swaps: ReadonlyMap<string, Swap>): string[] {
  const hot = swaps.has('swap/hot-restart')
    ? [
        'What is compiled into Envoy comes with another Envoy, by a hot restart; that was measured with other code of a dynamic module.',
      ]
    : [];
  const cold = swaps.get('swap/cold-restart');
  if (cold === undefined) return hot;
  const { lost, offered } = cold.account;
  return [...hot, `A restart that ends the old process first lost ${lost} of ${offered} requests.`];
}
