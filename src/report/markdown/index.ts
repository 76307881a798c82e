import type { Run } from '../../results/schema/index.js';
import { type Beside, nothingBeside } from '../beside.js';
import type { Chart } from '../charts/index.js';
import { askedOf, fingerprintOf, type NoiseFact, noiseFacts, reproduceCommand } from '../content/facts.js';
import { headlineOf, noticeOf } from '../content/headline.js';
import { shortfallColumns, shortfallsOf } from '../content/shortfalls.js';
import { matricesOf, relationSign } from '../content/told-apart.js';
import { unmeasuredOf } from '../content/unmeasured.js';
import { warningGroupsOf } from '../content/warnings.js';
import { escapeMarkdown } from '../format/escape.js';
import { counted } from '../format/number.js';
import { besideParts } from './beside.js';
import { decisionPart } from './decision.js';
import { effortPart } from './effort.js';
import { familyCosts } from './families.js';
import { runChartPart } from './run-chart.js';
import { facts, table } from './text.js';
import { verdictParts } from './verdicts.js';

function headline(run: Run): string[] {
  const [first = '', ...others] = headlineOf(run).map(escapeMarkdown);
  return [first, ...(others.length === 0 ? [] : [others.map((each) => `- ${each}`).join('\n')])];
}

/** A matrix a scenario; of rungs, of which there are many, only how many pairs can be told apart. */
function toldApart(run: Run): string[] {
  const matrices = matricesOf(run);
  if (matrices.length === 0) return [run.plan.intervals ? 'No two arms were compared.' : `${noticeOf(run)}.`];
  const isRung = ({ panel }: (typeof matrices)[number]) => panel.scenario.rung !== null;
  const parts = matrices
    .filter((each) => !isRung(each))
    .map(({ panel, rows, apart, all }) => {
      const lines = rows.map(({ arm, cells }, index) => [
        `${index + 1} ${escapeMarkdown(arm.variant)}`,
        ...cells.map(({ relation }) => escapeMarkdown(relationSign[relation])),
      ]);
      const heads = ['', ...rows.map((_, index) => String(index + 1))];
      return `**${escapeMarkdown(panel.title)}**: ${apart} of ${counted(all, 'pair')}.\n\n${table(heads, lines, 1)}`;
    });
  const rungs = matrices
    .filter(isRung)
    .map(({ panel, apart, all }) => `- ${escapeMarkdown(panel.title)}: ${apart} of ${counted(all, 'pair')}`);
  const legend =
    '`<`: the row costs less CPU than the column; `>`: more; `≈`: as good as the same; `?`: this run can’t tell.';
  return [
    ...(parts.length === 0 ? [] : [legend, ...parts]),
    ...(rungs.length === 0 ? [] : ['Rungs of series, pair by pair in report.html:', rungs.join('\n')]),
  ];
}

function shortfalls(run: Run): string[] {
  const rows = shortfallsOf(run).map(({ arm, cells }) => [escapeMarkdown(arm), ...cells]);
  if (rows.length === 0) return [];
  return ['## Short of the precision', table(['Arm', ...shortfallColumns], rows, 1)];
}

function unmeasured(run: Run): string {
  const groups = unmeasuredOf(run);
  if (groups.length === 0) return 'None: every arm has numbers.';
  return groups
    .map(
      ({ variants, scenarios, status, reason }) =>
        `- **${escapeMarkdown(variants.join(', '))}** in ${escapeMarkdown(scenarios.join(', '))} (${status}): ${escapeMarkdown(reason)}`,
    )
    .join('\n');
}

function warnings(run: Run): string {
  if (run.warnings.length === 0) return 'None.';
  return warningGroupsOf(run)
    .map(({ code, messages, next }) => {
      const todo = escapeMarkdown(next.join(' '));
      const [first = '', ...others] = messages.map(escapeMarkdown);
      if (others.length === 0) return `- **${escapeMarkdown(code)}**: ${first} ${todo}`;
      const list = [first, ...others].map((message) => `  - ${message}`);
      return [`- **${escapeMarkdown(code)}**, ${counted(messages.length, 'time')}: ${todo}`, ...list].join(
        '\n',
      );
    })
    .join('\n');
}

function noise(run: Run): string {
  const { classes, rungs } = noiseFacts(run);
  if (classes.length + rungs.length === 0) return `${noticeOf(run)}.`;
  return facts([...classes, ...rungs].map(({ name, text }: NoiseFact) => [name, text]));
}

/** The report for a place that shows Markdown; the pictures are files beside it. */
export function reportMarkdown(
  run: Run,
  drawn: readonly { readonly chart: Chart }[],
  beside: Beside = nothingBeside,
): string {
  const status =
    run.status === 'complete' ? [] : [`> This run is ${run.status}; it shows what was measured until then.`];
  const parts = [
    `# Filterbench run ${escapeMarkdown(run.id)}`,
    ...status,
    ...headline(run),
    '## What was asked',
    facts(askedOf(run).filter(([name]) => name !== 'Command')),
    ...verdictParts(run),
    ...runChartPart(drawn, 'costs'),
    ...decisionPart(run, beside),
    '## Costs',
    ...familyCosts(
      run,
      drawn.map(({ chart }) => chart),
    ),
    ...besideParts(beside),
    ...effortPart(run, beside),
    '## Arms without numbers',
    unmeasured(run),
    '## Which can be told apart',
    ...toldApart(run),
    ...runChartPart(drawn, 'calibration'),
    '## Noise floor',
    noise(run),
    ...shortfalls(run),
    '## Warnings',
    warnings(run),
    '## Where it was measured',
    facts(fingerprintOf(run)),
    '## How to make it again',
    `\`\`\`sh\n${reproduceCommand(run)}\n\`\`\``,
  ];
  return `${parts.join('\n\n')}\n`;
}
