import type { Run } from '../results/schema/index.js';
import type { Chart } from './charts/index.js';
import { askedOf, type Fact, fingerprintOf, noiseFacts, reproduceCommand } from './content/facts.js';
import { headlineOf, noticeOf } from './content/headline.js';
import { type Family, familiesOf, type Panel } from './content/panels.js';
import { baselineText, columns, rowsOf, type TableCell } from './content/rows.js';
import { rungText } from './content/rungs.js';
import { shortfallColumns, shortfallsOf } from './content/shortfalls.js';
import { missingText, slopeColumns, slopeTablesOf } from './content/slopes.js';
import { matricesOf, relationSign } from './content/told-apart.js';
import { unmeasuredOf } from './content/unmeasured.js';
import { escapeMarkdown } from './format/escape.js';

function table(heads: readonly string[], rows: readonly (readonly string[])[], numbersFrom: number): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = line(heads.map((_, index) => (index < numbersFrom ? '---' : '---:')));
  return [line(heads), rule, ...rows.map(line)].join('\n');
}

function facts(list: readonly Fact[]): string {
  return list.map(([name, value]) => `- ${escapeMarkdown(name)}: ${escapeMarkdown(value)}`).join('\n');
}

function cellText({ text, detail, remark }: TableCell): string {
  const beside = detail === '' || detail.startsWith('[') ? detail : `(${detail})`;
  const parts = [text, beside, remark === '' ? '' : `(${remark})`].filter((part) => part !== '');
  return escapeMarkdown(parts.join(' '));
}

function costTable(run: Run, panel: Panel): string {
  const rows = rowsOf(run, panel).map(({ arm, cells }) => [
    escapeMarkdown(arm.variant),
    arm.status,
    ...columns.map(({ key }) => cellText(cells[key])),
  ]);
  return table(['Variant', 'Status', ...columns.map(({ title }) => title)], rows, 2);
}

function overText(panel: Panel): string {
  const baseline = baselineText(panel);
  return baseline === null ? '' : `Over the same Envoy without the filter: ${baseline}.`;
}

function costs(run: Run, panel: Panel): string {
  const over = overText(panel);
  return [
    `### ${escapeMarkdown(`${panel.title}: ${panel.scenario.title}`)}`,
    `${escapeMarkdown(panel.scenario.summary)}${over === '' ? '' : ` ${over}`}`,
    costTable(run, panel),
  ].join('\n\n');
}

function slopes(run: Run, family: Family): string[] {
  return slopeTablesOf(run, family).flatMap((each) => {
    const rows = each.rows.map((row) => [
      escapeMarkdown(row.slope.variant),
      ...slopeColumns(each.quantity).map(({ cell }) => cellText(cell(row))),
    ]);
    const heads = ['Variant', ...slopeColumns(each.quantity).map(({ title }) => title)];
    const missing = missingText(each);
    return [
      `**${escapeMarkdown(each.title)}**`,
      ...(rows.length === 0 ? [] : [table(heads, rows, 1)]),
      ...(missing === '' ? [] : [escapeMarkdown(missing)]),
    ];
  });
}

/** The rungs of a series under one heading, with what each step adds before them. */
function series(run: Run, family: Family): string[] {
  const [first] = family.panels;
  if (first === undefined) return [];
  const rungs = family.panels.flatMap((panel) => {
    const { rung } = panel.scenario;
    const name = rung === null ? panel.title : `${rungText(rung)} (${panel.title})`;
    const over = overText(panel);
    return [`#### ${escapeMarkdown(name)}`, ...(over === '' ? [] : [over]), costTable(run, panel)];
  });
  return [
    `### ${escapeMarkdown(`${family.name}: ${first.scenario.title}`)}`,
    escapeMarkdown(first.scenario.summary),
    ...slopes(run, family),
    ...rungs,
  ];
}

function familyCosts(run: Run, family: Family): string[] {
  if (family.quantity !== null) return series(run, family);
  return family.panels.map((panel) => costs(run, panel));
}

function toldApart(run: Run): string {
  const matrices = matricesOf(run);
  if (matrices.length === 0) return run.plan.intervals ? 'No two arms were compared.' : `${noticeOf(run)}.`;
  const parts = matrices.map(({ panel, rows, apart, all }) => {
    const lines = rows.map(({ arm, cells }, index) => [
      `${index + 1} ${escapeMarkdown(arm.variant)}`,
      ...cells.map(({ relation }) => escapeMarkdown(relationSign[relation])),
    ]);
    const heads = ['', ...rows.map((_, index) => String(index + 1))];
    return `**${escapeMarkdown(panel.title)}**: ${apart} of ${all} pairs.\n\n${table(heads, lines, 1)}`;
  });
  const legend = '`<`: the row costs less CPU than the column; `>`: more; `?`: this run can’t tell.';
  return [legend, ...parts].join('\n\n');
}

function shortfalls(run: Run): string[] {
  const rows = shortfallsOf(run).map(({ arm, cells }) => [escapeMarkdown(arm), ...cells]);
  if (rows.length === 0) return [];
  return ['## Short of the precision', table(['Arm', ...shortfallColumns], rows, 1)];
}

function unmeasured(run: Run): string {
  const arms = unmeasuredOf(run);
  if (arms.length === 0) return 'None: every arm has numbers.';
  return arms
    .map(
      ({ scenario, variant, status, reason }) =>
        `- **${escapeMarkdown(variant)}** in ${escapeMarkdown(scenario)}: ${status}. ${escapeMarkdown(reason)}`,
    )
    .join('\n');
}

function warnings(run: Run): string {
  if (run.warnings.length === 0) return 'None.';
  return run.warnings
    .map(
      ({ code, message, next }) =>
        `- **${escapeMarkdown(code)}**: ${escapeMarkdown(message)} ${escapeMarkdown(next)}`,
    )
    .join('\n');
}

function noise(run: Run): string {
  const floors = noiseFacts(run);
  if (floors.length === 0) return `${noticeOf(run)}.`;
  return facts(floors.map(({ name, text }) => [name, text]));
}

/** The report for a place that shows Markdown; the pictures are files beside it. */
export function reportMarkdown(run: Run, drawn: readonly { chart: Chart; alt: string }[]): string {
  const status =
    run.status === 'complete' ? [] : [`> This run is ${run.status}; it shows what was measured until then.`];
  const pictures = drawn.map(({ chart }) => `![${escapeMarkdown(chart.title)}](charts/${chart.name}.svg)`);
  const parts = [
    `# Filterbench run ${escapeMarkdown(run.id)}`,
    ...status,
    escapeMarkdown(headlineOf(run)),
    '## What was asked',
    facts(askedOf(run).filter(([name]) => name !== 'Command')),
    '## Costs',
    ...familiesOf(run).flatMap((family) => familyCosts(run, family)),
    '## Charts',
    ...pictures,
    '## Arms without numbers',
    unmeasured(run),
    '## Which can be told apart',
    toldApart(run),
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
