import { Command } from 'commander';
import {
  DEFAULT_ENVOY_VERSION,
  didYouMean,
  exactVersion,
  knownVersions,
  readLock,
} from '../envoy/binary/index.js';
import { BadInputError } from '../errors.js';
import { mechanisms } from '../mechanisms/index.js';
import { profileNameSchema } from '../results/schema/index.js';
import { familyNames, loadScenarios, type Scenario } from '../scenarios/load.js';
import { type SupportEntry, supportLines, supportOf } from './support-table.js';
import { terminalWidth } from './terminal-width.js';

const widestTable = 120;
const narrowestTable = 60;

/** `filterbench list`: what can be named on the command line. */
export function listCommand(): Command {
  return new Command('list')
    .description('list mechanisms, variants, scenarios and profiles, and what runs on an Envoy version')
    .option('--envoy <version>', 'Envoy that is meant; nothing is fetched or started', DEFAULT_ENVOY_VERSION)
    .option('--json', 'print JSON', false)
    .action(async ({ json, envoy: request }: { json: boolean; envoy: string }) => {
      const envoy = versionOf(request);
      const scenarios = await loadScenarios(await familyNames());
      const listed = {
        mechanisms: mechanisms.map(({ name, title, variants }) => ({
          name,
          title,
          variants: variants.map(({ id }) => id),
        })),
        scenarios: familiesOf(scenarios),
        profiles: profileNameSchema.options,
        envoy,
        support: supportOf(scenarios, envoy),
      };
      process.stdout.write(json ? `${JSON.stringify(listed, null, 2)}\n` : asText(listed));
    });
}

function versionOf(request: string): string {
  const version = exactVersion(request);
  if (version !== undefined) return version;
  throw new BadInputError(
    `--envoy ${request} is not a version${didYouMean(request, knownVersions(readLock()))}`,
    'give a version such as 1.40.0',
  );
}

interface Listed {
  readonly name: string;
  readonly title: string;
  /** What can be named one by one, with its amount; null where the scenario has no series. */
  readonly series: { readonly quantity: string; readonly rungs: readonly ListedRung[] } | null;
}

interface ListedRung {
  readonly name: string;
  readonly value: number;
}

function familiesOf(scenarios: readonly Scenario[]): Listed[] {
  const families = new Map<string, Listed>();
  for (const { name, family, familyTitle, rung } of scenarios) {
    const rungs = families.get(family)?.series?.rungs ?? [];
    const series = rung && { quantity: rung.quantity, rungs: [...rungs, { name, value: rung.value }] };
    families.set(family, { name: family, title: familyTitle, series });
  }
  return [...families.values()];
}

function asText(listed: {
  mechanisms: readonly { name: string; variants: readonly string[] }[];
  scenarios: readonly Listed[];
  profiles: readonly string[];
  envoy: string;
  support: readonly SupportEntry[];
}): string {
  const width = Math.max(narrowestTable, terminalWidth(widestTable));
  const lines = [
    'mechanisms',
    ...listed.mechanisms.flatMap(({ name, variants }) => [`  ${name}`, ...variants.map((id) => `    ${id}`)]),
    'scenarios',
    ...listed.scenarios.flatMap(({ name, title, series }) => [
      `  ${name.padEnd(16)} ${title}`,
      ...(series ? [`    ${series.rungs.map((rung) => rung.name).join(', ')}`] : []),
    ]),
    `profiles\n  ${listed.profiles.join(', ')}`,
    `what runs on Envoy ${listed.envoy}`,
    ...supportLines(listed.support, width - 2).map((line) => `  ${line}`.trimEnd()),
  ];
  return `${lines.join('\n')}\n`;
}
