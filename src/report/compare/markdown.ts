import type { RunAt } from '../../results/compare/index.js';
import type { ArmChange, Change, RunChanges, RunComparison } from '../../results/schema/index.js';
import { askedOf, fingerprintOf, noiseFacts } from '../content/facts.js';
import { escapeMarkdown, escapeXml } from '../format/escape.js';
import { absent, counted, us } from '../format/number.js';
import { facts, table } from '../markdown/text.js';
import {
  armNamer,
  baselineTexts,
  calledFirst,
  gateTexts,
  isCalled,
  legendOf,
  ownShare,
  ratioChange,
  summaryOf,
  uncalledWords,
  unjudgedOf,
  unlikenessText,
  unmatchedText,
  usChange,
} from './words.js';

/**
 * Stored runs side by side for a pull request: what costs more first, then what costs less; all else is folded.
 * @param runs those that were compared, in the same order: what was asked and their noise floors are told of each
 */
export function comparisonMarkdown(comparison: RunComparison, runs: readonly RunAt[]): string {
  const { others, gate } = comparison;
  const names = others.map(({ run }) => run).join(', ');
  const parts = [
    `## What filters cost: ${names} against A`,
    ...(gate ? [gateMarkdown(gate)] : []),
    ...others.flatMap((changes) => changesMarkdown(changes)),
    escapeMarkdown(legendOf(comparison)),
    folded('Noise floors', noiseMarkdown(comparison, runs)),
    folded('What was asked, and where', askedMarkdown(comparison, runs)),
  ];
  return `${parts.join('\n\n')}\n`;
}

function gateMarkdown(gate: NonNullable<RunComparison['gate']>): string {
  const [first = '', ...failures] = gateTexts(gate).map(escapeMarkdown);
  return [`**${first}**`, ...(failures.length === 0 ? [] : [list(failures)])].join('\n\n');
}

function changesMarkdown(changes: RunChanges): string[] {
  const { run, unlike, changed, notes, arms, unmatched } = changes;
  const called = calledFirst(arms);
  const others = arms.filter((arm) => !isCalled(arm));
  const unjudged = unjudgedOf(changes);
  const texts = (all: RunChanges['notes']) => all.map((each) => escapeMarkdown(unlikenessText(each, run)));
  const beside = [
    ...baselineTexts(changes).map(escapeMarkdown),
    ...texts(notes),
    ...unmatched.map((arm) => escapeMarkdown(unmatchedText(arm, run))),
  ];
  return [
    ...forced(texts(unlike)),
    `**${escapeMarkdown(summaryOf(changes))}**`,
    ...(unjudged === '' ? [] : [escapeMarkdown(unjudged)]),
    ...(changed.length === 0 ? [] : [`Changed:\n\n${list(texts(changed))}`]),
    ...(called.length === 0 ? [] : [armTable(changes, called)]),
    ...(others.length === 0
      ? []
      : [folded(`${counted(others.length, 'arm')} without a called change`, armTable(changes, others))]),
    ...(beside.length === 0 ? [] : [folded('Not judged, and worth knowing', list(beside))]),
  ];
}

function forced(unlike: readonly string[]): string[] {
  if (unlike.length === 0) return [];
  const text =
    '**Forced.** These runs are unlike, so what they differ by may have nothing to do with filters:';
  return [['> [!WARNING]', `> ${text}`, '>', ...unlike.map((each) => `> - ${each}`)].join('\n')];
}

function armTable(changes: RunChanges, arms: readonly ArmChange[]): string {
  const { run } = changes;
  const nameOf = armNamer(changes);
  const heads = [
    'Arm',
    'adds in A, µs of CPU',
    `${run} − A, µs of CPU`,
    'of its own CPU',
    `throughput, ${run} / A`,
    `unloaded p50, ${run} − A in µs`,
    'CPU is',
  ];
  const rows = arms.map((arm) => [
    nameOf(arm),
    us(arm.totalCpuUs.from),
    marked(arm.totalCpuUs, usChange(arm.totalCpuUs)),
    ownShare(arm),
    marked(arm.throughputRatio, ratioChange(arm.throughputRatio)),
    arm.p50Us ? marked(arm.p50Us, usChange(arm.p50Us)) : absent,
    cpuWord(arm),
  ]);
  return table(
    heads,
    rows.map((cells) => cells.map(escapeMarkdown)),
    1,
  );
}

function cpuWord({ totalCpuUs: { uncalled, change } }: ArmChange): string {
  if (uncalled !== null) return `not called: ${uncalledWords[uncalled]}`;
  return change > 0 ? 'dearer' : 'cheaper';
}

function marked({ called }: Change, text: string): string {
  return called ? `${text}*` : text;
}

function noiseMarkdown({ runs: about }: RunComparison, runs: readonly RunAt[]): string {
  return runs
    .map(({ run }, index) => {
      const { classes, rungs } = noiseFacts(run);
      const floors = [...classes, ...rungs].map(({ name, text }) => [name, text] as const);
      return `**${about[index]?.name}**\n\n${floors.length === 0 ? 'None: no intervals.' : facts(floors)}`;
    })
    .join('\n\n');
}

function askedMarkdown({ runs: about }: RunComparison, runs: readonly RunAt[]): string {
  return runs
    .map(({ run, dir }, index) => {
      const asked = [['Folder', dir], ['Run', run.id], ...askedOf(run), ...fingerprintOf(run)] as const;
      return `**${about[index]?.name}**\n\n${facts(asked)}`;
    })
    .join('\n\n');
}

// GitHub shows Markdown within HTML only after an empty line.
function folded(summary: string, text: string): string {
  return `<details><summary>${escapeXml(summary)}</summary>\n\n${text}\n\n</details>`;
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}
