import type { Run } from '../../results/schema/index.js';
import type { Beside } from '../beside.js';
import { decisionIntro, decisionSettingText, decisionsOf } from '../content/decision/index.js';
import { variantTable } from './variant-table.js';

/** What each mechanism gives and takes, job by job; nothing where nothing is known of any. */
export function decisionPart(run: Run, { evidence }: Beside): string[] {
  const jobs = decisionsOf(run, evidence);
  if (jobs.length === 0) return [];
  return [
    '## Which one for your job?',
    `${decisionIntro} ${decisionSettingText(run)}`.trimEnd(),
    ...jobs.flatMap(({ title, tables }) => [
      `### ${title}`,
      ...tables.flatMap((table) => [
        ...(tables.length > 1 ? [`#### ${table.title}`] : []),
        ...variantTable(table),
      ]),
    ]),
  ];
}
