import type { HistoryLine, HistoryPoint, HistoryRun } from '../../results/schema/index.js';
import { absent, counted, us } from '../format/number.js';
import { oneLine } from '../format/text.js';
import { stepTo } from './groups.js';
import { addedText, floorText, stepText, throughputText } from './words.js';

/** The columns of a line's table, after the run. */
export const columns: readonly string[] = [
  'Envoy',
  'Adds, µs of CPU',
  'Since the run before',
  'Throughput, ×',
  'Noise floor, µs',
  'Without it, µs',
  'Restarts',
  'Filter',
  'filterbench',
];

// Hundreds of runs of hundreds of arms are more than a browser shows at ease; charts and --json have them all.
const mostRows = 50;

/** The points that a line's table lists, the newest first, and how many older ones it does not. */
export function listedOf({ points }: HistoryLine): { listed: HistoryPoint[]; older: number } {
  return { listed: points.slice(-mostRows).reverse(), older: Math.max(0, points.length - mostRows) };
}

/** `12 older runs are not listed: --json has them.`; empty where there are none. */
export function olderText(older: number): string {
  const count = counted(older, 'older run is', 'older runs are');
  return older === 0 ? '' : `${count} not listed: --json has all.`;
}

/** A cell, and what a pointer on it tells. */
export interface RowCell {
  readonly text: string;
  readonly hint: string;
  /** Whether it tells of a step that is sure. */
  readonly isSure: boolean;
}

// As many as git shows of a commit.
const digits = 7;

/** What a line's table says of one run. */
export function cellsOf(line: HistoryLine, point: HistoryPoint, run: HistoryRun): RowCell[] {
  const { envoy, files, baselineUs, restarts } = point;
  const step = stepTo(line, point);
  const plain = (text: string): RowCell => ({ text, hint: '', isSure: false });
  const hinted = (text: string, hints: readonly string[]): RowCell => ({
    ...plain(text),
    hint: oneLine(hints.join(', ')),
  });
  return [
    hinted(
      oneLine(envoy.version),
      [envoy.build ?? '', envoy.sha256 ?? ''].filter((part) => part !== ''),
    ),
    plain(addedText(point)),
    { ...plain(stepText(step)), isSure: step?.totalCpuUs.called === true },
    plain(throughputText(point)),
    plain(floorText(point)),
    plain(baselineUs === null ? absent : us(baselineUs)),
    plain(String(restarts)),
    hinted(
      files.map(({ sha256 }) => sha256.slice(0, digits)).join(' ') || absent,
      files.map(({ path, sha256 }) => `${path} ${sha256}`),
    ),
    plain(oneLine(run.filterbench)),
  ];
}
