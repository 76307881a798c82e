import { Command } from 'commander';
import { mechanisms } from '../mechanisms/index.js';
import { profileNameSchema } from '../results/schema/index.js';
import { loadScenarios, scenarioNames } from '../scenarios/load.js';

/** `filterbench list`: what can be named on the command line. */
export function listCommand(): Command {
  return new Command('list')
    .description('list mechanisms, variants, scenarios and profiles')
    .option('--json', 'print JSON', false)
    .action(async ({ json }: { json: boolean }) => {
      const scenarios = await loadScenarios(await scenarioNames());
      const listed = {
        mechanisms: mechanisms.map(({ name, title, variants }) => ({
          name,
          title,
          variants: variants.map(({ id }) => id),
        })),
        scenarios: scenarios.map(({ name, title }) => ({ name, title })),
        profiles: profileNameSchema.options,
      };
      process.stdout.write(json ? `${JSON.stringify(listed, null, 2)}\n` : asText(listed));
    });
}

function asText(listed: {
  mechanisms: readonly { name: string; variants: readonly string[] }[];
  scenarios: readonly { name: string; title: string }[];
  profiles: readonly string[];
}): string {
  const lines = [
    'mechanisms',
    ...listed.mechanisms.flatMap(({ name, variants }) => [`  ${name}`, ...variants.map((id) => `    ${id}`)]),
    'scenarios',
    ...listed.scenarios.map(({ name, title }) => `  ${name.padEnd(16)} ${title}`),
    `profiles\n  ${listed.profiles.join(', ')}`,
  ];
  return `${lines.join('\n')}\n`;
}
