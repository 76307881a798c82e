import type { AboveLimit, ArmResult } from '../../results/schema/index.js';
import { absent } from '../format/number.js';
import type { Family, Panel } from './panels.js';

/** What the arms of a family did with bodies above the buffer limit. */
export interface AboveLimitTable {
  readonly title: string;
  /** What was sent, and how to read the cells, as a sentence. */
  readonly caption: string;
  readonly heads: readonly string[];
  readonly rows: readonly { readonly arm: ArmResult; readonly cells: readonly string[] }[];
}

/** A table for each Envoy on which such bodies were sent. */
export function aboveLimitTablesOf({ name, panels }: Family): AboveLimitTable[] {
  return panels.flatMap((panel) => {
    const probed = armsOf(panel).filter(({ aboveLimit }) => aboveLimit !== undefined);
    const first = probed[0]?.aboveLimit?.[0];
    if (first === undefined) return [];
    const ways = (['request', 'response'] as const).filter((way) =>
      probed.some(({ aboveLimit }) => aboveLimit?.some((fact) => fact.way === way)),
    );
    return [
      {
        title: panel.suffix === '' ? name : `${name} · ${panel.suffix}`,
        caption: captionOf(first),
        heads: ways.map((way) => (way === 'request' ? 'Request' : 'Response')),
        rows: probed.map((arm) => ({ arm, cells: ways.map((way) => cellOf(arm, way)) })),
      },
    ];
  });
}

function armsOf({ baseline, arms }: Panel): ArmResult[] {
  return baseline === null ? [...arms] : [baseline, ...arms];
}

function captionOf({ sentBytes, limitBytes }: AboveLimit): string {
  return `What became of one body of ${mebibytes(sentBytes)}, where Envoy may hold ${mebibytes(limitBytes)}: the status that the client got, and whether the job was done.`;
}

function mebibytes(bytes: number): string {
  return `${bytes / 1_024 / 1_024} MiB`;
}

const words: Readonly<Record<AboveLimit['outcome'], string>> = {
  done: 'done',
  refused: 'refused',
  unfiltered: 'passed on as it was',
  partly: 'passed on, partly done',
  cut: 'connection cut off',
  hangs: 'no answer in time',
};

function cellOf({ aboveLimit = [] }: ArmResult, way: AboveLimit['way']): string {
  const fact = aboveLimit.find((each) => each.way === way);
  if (fact === undefined) return absent;
  const { status, outcome, arrivedBytes, sentBytes } = fact;
  const cut = arrivedBytes !== null && arrivedBytes < sentBytes ? `, cut to ${arrivedBytes} bytes` : '';
  return `${status === null ? '' : `${status}: `}${words[outcome]}${cut}`;
}
