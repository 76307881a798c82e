import type { History, HistoryLine, HistoryRun } from '../../results/schema/index.js';
import { escapeMarkdown, escapeXml } from '../format/escape.js';
import { absent, counted } from '../format/number.js';
import { facts, table } from '../markdown/text.js';
import { groupsOf, type LineGroup, type SureChange, stepTo, sureChangesOf } from './groups.js';
import type { DrawnGroup, ReportLinks } from './page.js';
import { cellsOf, columns, listedOf, olderText } from './rows.js';
import {
  addedText,
  changedFiles,
  dayNamer,
  headlineOf,
  leftOutWords,
  legendOf,
  lineNamer,
  settingDifferences,
  sharedChanges,
  sinceWords,
  stepText,
  sureCount,
  sureText,
  throughputText,
  toldText,
} from './words.js';

type Link = (run: HistoryRun) => string;

/** Many runs over time for a place that shows Markdown; the pictures are files beside it. */
export function historyMarkdown(history: History, drawn: readonly DrawnGroup[], linkTo: ReportLinks): string {
  const dayOf = dayNamer(history.runs);
  const link: Link = (run) => {
    const href = linkTo(run);
    return href === null ? dayOf(run) : `[${dayOf(run)}](${href})`;
  };
  const parts = [
    '# What each way of extending Envoy costs, over time',
    ...headlineOf(history).map(escapeMarkdown),
    escapeMarkdown(toldText),
    '## What surely changed',
    ...sureChanges(history, link),
    escapeMarkdown(legendOf(history)),
    '## The cost over time',
    ...groupsOf(history).flatMap((group) => groupParts(group, drawn, link)),
    '## Where it was measured',
    ...settings(history),
    '## Runs that are left out',
    leftOut(history),
  ];
  return `${parts.join('\n\n')}\n`;
}

function sureChanges(history: History, link: Link): string[] {
  const changes = sureChangesOf(history);
  if (changes.length === 0) return ['Nothing is sure.'];
  const nameOf = lineNamer(history);
  const item = ({ line, step }: SureChange['arms'][number]) => {
    const files = changedFiles(step).map((text) => ` (${text})`);
    return `  - **${escapeMarkdown(nameOf(line))}**: ${escapeMarkdown(sureText(step) + files.join(''))}`;
  };
  return [
    changes
      .map((change) => {
        const { changed, notes } = sharedChanges(change);
        const about = [
          changed.length === 0 ? 'the same Envoy' : changed.join(', '),
          ...(notes.length === 0 ? [] : [`also not the same: ${notes.join('; ')}`]),
        ];
        const head = `- ${link(change.to)}, ${sinceWords[change.kind]} ${link(change.from)}: ${escapeMarkdown(about.join('; '))}`;
        return [head, ...change.arms.map(item)].join('\n');
      })
      .join('\n'),
  ];
}

function groupParts(group: LineGroup, drawn: readonly DrawnGroup[], link: Link): string[] {
  const chart = drawn.find((each) => each.group.id === group.id);
  const newest = group.lines.flatMap((line) => {
    const point = line.points.at(-1);
    if (point === undefined) return [];
    const cells = [
      line.variant,
      String(line.points.length),
      addedText(point),
      stepText(stepTo(line, point)),
      throughputText(point),
      sureCount(line) === 0 ? absent : String(sureCount(line)),
    ];
    return [cells.map(escapeMarkdown)];
  });
  const heads = [
    'Variant',
    'Runs',
    'Newest, µs of CPU',
    'Since the run before',
    'Throughput, ×',
    'Sure steps',
  ];
  return [
    `### ${escapeMarkdown(group.title)}`,
    ...(chart === undefined ? [] : [`![${escapeMarkdown(chart.alt)}](${chart.path}.svg)`]),
    table(heads, newest, 1),
    ...group.lines.map((line) => lineTable(line, group.runs, link)),
  ];
}

// GitHub shows Markdown within HTML only after an empty line.
function lineTable(line: HistoryLine, runs: readonly HistoryRun[], link: Link): string {
  const { listed, older } = listedOf(line);
  const rows = listed.flatMap((point) => {
    const run = runs.find(({ id }) => id === point.run);
    return run === undefined
      ? []
      : [[link(run), ...cellsOf(line, point, run).map(({ text }) => escapeMarkdown(text))]];
  });
  const more = olderText(older);
  const parts = [table(['Run', ...columns], rows, 1), ...(more === '' ? [] : [more])];
  const summary = escapeXml(`${line.variant}, run by run`);
  return `<details><summary>${summary}</summary>\n\n${parts.join('\n\n')}\n\n</details>`;
}

function settings({ settings: all }: History): string[] {
  const [first] = all;
  if (first === undefined) return [];
  const alike = facts(first.alike.map(({ what, is }) => [what, is] as const));
  if (all.length === 1) return [alike];
  return all.flatMap((setting) => [
    `**Setting ${setting.number}**`,
    setting === first
      ? alike
      : settingDifferences(setting, first)
          .map((each) => `- ${escapeMarkdown(each)}`)
          .join('\n'),
  ]);
}

function leftOut({ leftOut: left, olderRuns }: History): string {
  const older = olderRuns === 0 ? [] : [`- ${counted(olderRuns, 'older run')}, by --since or --last`];
  const named = left.map(
    ({ dir, kind, reason }) => `- ${escapeMarkdown(`${dir} (${leftOutWords[kind]}): ${reason}`)}`,
  );
  return [...older, ...named].join('\n') || 'None.';
}
