import type { Metric } from '../../results/compare/index.js';
import type {
  ArmChange,
  Change,
  ComparedRun,
  RunChanges,
  RunComparison,
} from '../../results/schema/index.js';
import { absent, us } from '../format/number.js';
import { oneLine, utcMinute, wrapped } from '../format/text.js';
import type { TerminalOptions } from '../terminal/index.js';
import { type Paints, paints } from '../terminal/paints.js';
import { tableLines } from '../terminal/table.js';
import {
  armNamer,
  baselineTexts,
  calledFirst,
  changeOf,
  gateTexts,
  legendOf,
  ownShare,
  ratioChange,
  summaryOf,
  unjudgedOf,
  unlikenessText,
  unmatchedText,
  usChange,
  verdictOf,
} from './words.js';

const narrowest = 60;
const indent = '  ';
const leastName = 8;

/** Stored runs side by side, as text of at most `width` columns. */
export function comparisonLines(
  comparison: RunComparison,
  { width: columns, colour }: TerminalOptions,
): string[] {
  const width = Math.max(narrowest, columns);
  const paint = paints(colour);
  const { runs, others, gate } = comparison;
  const [first = '', ...failures] = gate ? gateTexts(gate) : [];
  const mark = gate?.passed ? paint.bold : paint.red;
  return [
    ...runs.flatMap((run) => wrapped(runText(run), width, '   ')),
    ...others.flatMap((changes) => ['', ...linesOf(changes, width, paint)]),
    '',
    ...wrapped(legendOf(comparison), width, indent).map(paint.dim),
    ...(gate
      ? ['', ...wrapped(`--fail-on: ${first}`, width, indent).map(mark), ...listed(failures, width)]
      : []),
  ];
}

function runText({ name, dir, id, profile, startedAt, envoys }: ComparedRun): string {
  const versions = envoys.map(({ version }) => version).join(', ');
  return `${name}  ${dir} (${id}), ${profile}, Envoy ${versions}, ${utcMinute(startedAt)}`;
}

function linesOf(changes: RunChanges, width: number, paint: Paints): string[] {
  const { run, unlike, notes, changed, arms, unmatched } = changes;
  const nameOf = armNamer(changes);
  const unjudged = unjudgedOf(changes);
  const texts = (list: RunChanges['notes']) => list.map((each) => unlikenessText(each, run));
  return [
    ...forcedLines(texts(unlike), width, paint),
    ...wrapped(summaryOf(changes), width, indent).map(paint.bold),
    ...listed(
      calledFirst(arms).map((arm) => `${nameOf(arm)}: ${calledText(arm)}`),
      width,
    ),
    ...(unjudged === '' ? [] : wrapped(unjudged, width, indent).map(paint.yellow)),
    ...scenariosOf(arms).flatMap((scenario) => [
      '',
      ...tableOf(
        changes,
        arms.filter((arm) => arm.scenario === scenario),
        width,
        paint,
      ),
    ]),
    '',
    ...listOf('Not judged, for nothing cancels the machine', baselineTexts(changes), width),
    ...listOf('What was changed', texts(changed), width),
    ...listOf('Also not the same', texts(notes), width),
    ...listOf(
      'Without numbers in one of them',
      unmatched.map((arm) => unmatchedText(arm, run)),
      width,
    ),
  ];
}

function forcedLines(unlike: readonly string[], width: number, paint: Paints): string[] {
  if (unlike.length === 0) return [];
  const text = 'FORCED: these runs are unlike, so what they differ by may have nothing to do with filters.';
  return [...wrapped(text, width, indent).map(paint.red), ...listed(unlike, width)];
}

/** `+5.10 ±0.41 µs of CPU (+12.4 % of its own), throughput 0.912 [0.905, 0.919]`. */
function calledText(arm: ArmChange): string {
  const { totalCpuUs, throughputRatio, p50Us } = arm;
  const parts = [
    totalCpuUs.called ? `${usChange(totalCpuUs)} µs of CPU (${ownShare(arm)} of its own)` : '',
    throughputRatio.called ? `throughput × ${ratioChange(throughputRatio)}` : '',
    p50Us?.called ? `${usChange(p50Us)} µs of unloaded p50` : '',
  ];
  return parts.filter((part) => part !== '').join(', ');
}

function scenariosOf(arms: readonly ArmChange[]): string[] {
  return [...new Set(arms.map(({ scenario }) => scenario))];
}

// From the fullest; what a narrow terminal has no room for is in --json and --markdown.
const columnSets: readonly (readonly Metric[])[] = [
  ['totalCpuUs', 'throughputRatio', 'p50Us'],
  ['totalCpuUs', 'throughputRatio'],
  ['totalCpuUs'],
];

function tableOf(changes: RunChanges, arms: readonly ArmChange[], width: number, paint: Paints): string[] {
  const { run } = changes;
  const heads: Readonly<Record<Metric, readonly string[]>> = {
    totalCpuUs: ['A µs', `${run} − A µs`],
    throughputRatio: [`thr. ${run} / A`],
    p50Us: [`p50 ${run} − A µs`],
  };
  const nameOf = armNamer(changes);
  const rowsOf = (metrics: readonly Metric[]) => [
    [oneLine(arms[0]?.scenario ?? ''), ...metrics.flatMap((metric) => heads[metric]), ''],
    ...arms.map((arm) => [
      nameOf(arm).replace(` in ${oneLine(arm.scenario)}`, ''),
      ...metrics.flatMap((metric) => cellsOf(arm, metric)),
      verdictOf(arm),
    ]),
  ];
  const fitting = columnSets.map(rowsOf).find((rows) => widthBeside(rows) + leastName <= width);
  const [head = '', ...lines] = tableLines(fitting ?? rowsOf(['totalCpuUs']), width);
  return [paint.dim(head), ...lines];
}

function widthBeside(rows: readonly (readonly string[])[]): number {
  return (rows[0] ?? [])
    .slice(1)
    .reduce((sum, _, index) => sum + 2 + Math.max(...rows.map((row) => row[index + 1]?.length ?? 0)), 0);
}

function cellsOf(arm: ArmChange, metric: Metric): string[] {
  const change = changeOf(arm, metric);
  if (change === null) return [absent];
  const text = metric === 'throughputRatio' ? ratioShort(change) : usChange(change);
  const marked = change.called ? `${text}*` : `${text} `;
  return metric === 'totalCpuUs' ? [us(change.from), marked] : [marked];
}

// Its interval is in the line above the table where it is called, and in --json.
function ratioShort(change: Change): string {
  return ratioChange(change).replace(/ .*$/, '');
}

function listOf(head: string, texts: readonly string[], width: number): string[] {
  return texts.length === 0 ? [] : [`${head}:`, ...listed(texts, width)];
}

function listed(texts: readonly string[], width: number): string[] {
  return texts.flatMap((text) => wrapped(text, width - indent.length, indent).map((line) => indent + line));
}
