import type { Evidence, EvidenceOf, Run } from '../../results/schema/index.js';
import { counted, significant } from '../format/number.js';
import { cell, nothing, type TableCell } from './cells.js';
import { artefactSize, buildTime, effortKey, noBuildNotes } from './effort-words.js';
import { memoryOverMiB, newestSetting, type OwnNumbers, ownNumbersOf } from './setting.js';
import type { VariantTable } from './variant-table.js';

const heads = [
  'Shell, lines',
  'Job, lines',
  'Jobs',
  'Configuration, lines',
  'Artefact, KiB',
  'Clean build, s',
  'Start, ms',
  'Memory over baseline, MiB',
];

/** What is known of a variant's effort: the last that was gathered. */
export function effortOfEach(evidence: readonly Evidence[]): EvidenceOf<'effort'>[] {
  const effort = evidence.filter((item): item is EvidenceOf<'effort'> => item.kind === 'effort');
  return [...new Map(effort.map((one) => [one.variant, one])).values()];
}

/** What each variant takes to develop, with how it starts and what it holds in this run; null where nothing was gathered. */
export function effortTableOf(run: Run, evidence: readonly Evidence[]): VariantTable | null {
  const effort = effortOfEach(evidence);
  if (effort.length === 0) return null;
  const setting = newestSetting(run);
  const known = effort.map((one) => ({
    one,
    own: setting === null ? null : ownNumbersOf(setting, one.variant),
  }));
  return {
    title: 'What it takes to develop',
    caption: effortKey,
    heads,
    rows: known.map(({ one, own }) => ({ arm: one, cells: cellsOf(one, own) })),
    footnotes: [
      ...measuredNotes(known.flatMap(({ own }) => own ?? [])),
      ...buildNotes(effort),
      ...noBuildNotes(effort),
    ],
  };
}

function cellsOf(one: EvidenceOf<'effort'>, own: OwnNumbers | null): TableCell[] {
  return [
    ...[one.shell.lines, one.job.lines, one.jobs.length, one.configuration.lines].map((count) =>
      cell(count.toLocaleString('en-US')),
    ),
    cell(artefactSize(one)),
    cell(buildTime(one)),
    startCell(own),
    memoryCell(own),
  ];
}

function measuredNotes(own: readonly OwnNumbers[]): string[] {
  const places = [...new Set(own.map(({ panel }) => panel.title))];
  if (places.length === 0) return ['Start and memory: not measured in this run.'];
  return [
    `Start (from Envoy's process to its first ready answer, and what that is over the baseline) and memory (Envoy's and the server's) are those of ${places.join(', ')}.`,
  ];
}

function buildNotes(effort: readonly EvidenceOf<'effort'>[]): string[] {
  const cores = [...new Set(effort.flatMap(({ build }) => build?.cores ?? []))];
  return cores.length === 0
    ? []
    : [`Builds had ${cores.map((each) => counted(each, 'core')).join(', or ')}.`];
}

function startCell(own: OwnNumbers | null): TableCell {
  const startMs = own?.arm.startMs ?? null;
  if (startMs === null) return nothing;
  const baselineMs = own?.panel.baseline?.startMs ?? null;
  return cell(significant(startMs, 0), baselineMs === null ? '' : signed(startMs - baselineMs, 0));
}

/** What a variant holds over the baseline, as a cell. */
export function memoryCell(own: OwnNumbers | null): TableCell {
  const overMiB = own === null ? null : memoryOverMiB(own);
  return overMiB === null ? nothing : cell(signed(overMiB, 1));
}

function signed(value: number, maxDecimals: number): string {
  return `${value < 0 ? '' : '+'}${significant(value, maxDecimals)}`;
}
