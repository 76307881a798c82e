import type { History, HistoryLine } from '../../results/schema/index.js';
import { absent, counted } from '../format/number.js';
import { oneLine, wrapped } from '../format/text.js';
import type { TerminalOptions } from '../terminal/index.js';
import { type Paints, paints } from '../terminal/paints.js';
import { tableLines } from '../terminal/table.js';
import { groupsOf, isOverTime, type LineGroup, stepTo, sureChangesOf } from './groups.js';
import {
  addedText,
  changedFiles,
  dayNamer,
  headlineOf,
  leftOutWords,
  lineNamer,
  sharedChanges,
  sinceWords,
  stepText,
  sureCount,
  sureText,
} from './words.js';

const narrowest = 60;
const indent = '  ';

/** A history as text of at most `width` columns: the newest run of each line, what surely changed, what is left out. */
export function historyLines(history: History, { width: columns, colour }: TerminalOptions): string[] {
  const width = Math.max(narrowest, columns);
  const paint = paints(colour);
  const [first = '', second = ''] = headlineOf(history);
  const groups = groupsOf(history);
  return [
    ...wrapped(first, width, indent),
    ...groups.filter(isOverTime).flatMap((group) => ['', ...groupLines(group, width, paint)]),
    ...onceLines(groups, width, paint),
    '',
    ...wrapped(second, width, indent).map(paint.bold),
    ...sureLines(history, width, paint),
    ...leftOutLines(history, width, paint),
  ];
}

/** What would fill the screen and compare nothing. */
function onceLines(groups: readonly LineGroup[], width: number, paint: Paints): string[] {
  const arms = groups.filter((group) => !isOverTime(group)).flatMap(({ lines }) => lines);
  if (arms.length === 0) return [];
  const text = `${counted(arms.length, 'arm')} of ${counted(new Set(arms.map(({ scenario }) => scenario)).size, 'scenario')} in a single run of its setting: in the page`;
  return ['', ...wrapped(text, width, indent).map(paint.dim)];
}

function groupLines({ title, lines, runs }: LineGroup, width: number, paint: Paints): string[] {
  const dayOf = dayNamer(runs);
  const last = runs.at(-1);
  const [head = '', ...rows] = tableLines(
    [['variant', 'runs', 'newest µs', 'since before', 'sure', ''], ...lines.map(rowOf)],
    width,
  );
  const [name = '', ...more] = wrapped(
    `${title}: ${counted(runs.length, 'run')}, the newest of ${last === undefined ? absent : dayOf(last)}`,
    width,
    indent,
  );
  return [paint.bold(name), ...more, paint.dim(head), ...rows];
}

function rowOf(line: HistoryLine): string[] {
  const point = line.points.at(-1);
  const sure = sureCount(line);
  return [
    oneLine(line.variant),
    String(line.points.length),
    point === undefined ? absent : addedText(point),
    point === undefined ? absent : stepText(stepTo(line, point)),
    sure === 0 ? absent : String(sure),
    '',
  ];
}

function sureLines(history: History, width: number, paint: Paints): string[] {
  const dayOf = dayNamer(history.runs);
  const nameOf = lineNamer(history);
  return sureChangesOf(history).flatMap((change) => {
    const { changed } = sharedChanges(change);
    const about = changed.length === 0 ? 'the same Envoy' : changed.join(', ');
    return [
      ...wrapped(
        `${dayOf(change.to)}, ${sinceWords[change.kind]} ${dayOf(change.from)}: ${about}`,
        width,
        indent,
      ),
      ...change.arms.flatMap(({ line, step }) => {
        const mark =
          step.totalCpuUs.called && step.totalCpuUs.change > 0 ? paint.red : (text: string) => text;
        const files = changedFiles(step).map((text) => ` (${text})`);
        const text = `${nameOf(line)}: ${sureText(step)}${files.join('')}`;
        return wrapped(text, width - indent.length, indent).map((each) => mark(indent + each));
      }),
    ];
  });
}

function leftOutLines({ leftOut, olderRuns }: History, width: number, paint: Paints): string[] {
  const lines = [
    ...(olderRuns === 0 ? [] : [`${counted(olderRuns, 'older run')}, by --since or --last`]),
    ...leftOut.map(({ dir, kind, reason }) => `${dir} (${leftOutWords[kind]}): ${reason}`),
  ];
  if (lines.length === 0) return [];
  return [
    '',
    'Left out:',
    ...lines.flatMap((line) => wrapped(line, width - indent.length, indent).map((text) => indent + text)),
  ].map(paint.dim);
}
