import type { Evidence, Run } from '../../../results/schema/index.js';
import { newestSetting, type Setting } from '../setting.js';
import type { DecisionJob } from './job.js';
import { type MeasuredJob, measuredTable } from './measured.js';
import { swapTable } from './swaps.js';
import { untrustedTable } from './untrusted.js';

export type { DecisionJob } from './job.js';

const measuredJobs: readonly { readonly title: string; readonly parts: readonly MeasuredJob[] }[] = [
  { title: 'Change headers', parts: [{ title: 'Changing headers', families: ['headers'] }] },
  { title: 'Authenticate', parts: [{ title: 'Authenticating', families: ['access', 'jwt', 'lookup'] }] },
  {
    title: 'Look at or change a body',
    parts: [
      { title: 'Looking at a body', families: ['inspect', 'model-routing'] },
      { title: 'Changing a body', families: ['json-rewrite', 'redact'] },
    ],
  },
];

/** What leads a reader in, whatever was measured. */
export const decisionIntro =
  'No mechanism is best at everything, so there is no score: each table has what matters to one job, a variant of each mechanism beside ' +
  'the others.';

/** The Envoy that the tables of costs are about, where the run has several; empty else. */
export function decisionSettingText(run: Run): string {
  const setting = newestSetting(run);
  const [panel] = setting?.panels ?? [];
  return panel === undefined || panel.suffix === '' ? '' : `Costs here are those on ${panel.suffix}.`;
}

/** For each job what was measured of every mechanism; a job that nothing is known of is left out. */
export function decisionsOf(run: Run, evidence: readonly Evidence[]): DecisionJob[] {
  const setting = newestSetting(run);
  const jobs: DecisionJob[] = [
    ...(setting === null ? [] : measuredDecisions(run, setting)),
    jobOf('Run code that you do not trust', untrustedTable(evidence)),
    jobOf('Change it without a rebuild or a restart', swapTable(evidence, setting)),
  ];
  return jobs.filter(({ tables }) => tables.length > 0);
}

function measuredDecisions(run: Run, setting: Setting): DecisionJob[] {
  return measuredJobs.map(({ title, parts }) => ({
    title,
    tables: parts.flatMap((part) => measuredTable(run, setting, part) ?? []),
  }));
}

function jobOf(title: string, table: DecisionJob['tables'][number] | null): DecisionJob {
  return { title, tables: table === null ? [] : [table] };
}
