import type { EvidenceOf } from '../../results/schema/index.js';
import { artefactSize, buildTime, effortKey, noBuildNotes } from '../content/effort-words.js';
import { columns } from '../format/columns.js';
import { wrapped } from '../format/text.js';

const heads = ['variant', 'shell', 'job', 'jobs', 'config', 'KiB', 'build s'];

/** What each variant takes to develop, a line each, at most `width` columns wide. */
export function effortLines(evidence: readonly EvidenceOf<'effort'>[], width: number): string[] {
  const rows = evidence.map((one) => [
    one.variant,
    String(one.shell.lines),
    String(one.job.lines),
    String(one.jobs.length),
    String(one.configuration.lines),
    artefactSize(one),
    buildTime(one),
  ]);
  const notes = noBuildNotes(evidence);
  return [
    ...columns([heads, ...rows]),
    '',
    ...wrapped(effortKey, width),
    ...notes.flatMap((note) => wrapped(note, width, '  ')),
  ];
}
