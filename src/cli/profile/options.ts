import { type Command, InvalidArgumentError } from 'commander';
import { BadInputError } from '../../errors.js';
import { mechanisms, selectVariants, type Variant } from '../../mechanisms/index.js';
import { readOwnVariants } from '../../mechanisms/own/index.js';
import { loadScenarios, type Scenario } from '../../scenarios/load.js';
import { list, natural, oneEnvoyOption, variantOption } from '../run/flags.js';

/** The flags of `profile`, as given. */
export interface ProfileFlags {
  mechanisms: string[];
  variant?: string[];
  scenarios: string[];
  envoy?: string[];
  seconds: number;
  warmUp: number;
  syscalls: boolean;
  core: boolean;
  seed?: number;
  portBase?: number;
  out?: string;
  allowUnpinned: boolean;
  json: boolean;
}

/** The `profile` command's flags; the contract is in docs/architecture.md. */
export function profileFlags(command: Command): Command {
  return command
    .option(
      '--mechanisms <names>',
      'mechanisms or variants, by comma (default: all)',
      list,
      mechanisms.map(({ name }) => name),
    )
    .addOption(variantOption())
    .option('--scenarios <names>', 'scenarios, by comma', list, ['headers'])
    .addOption(oneEnvoyOption('Envoy to profile (default: 1.40.0)'))
    .option('--seconds <number>', 'load on each arm while it is sampled, in seconds', seconds, 5)
    .option('--warm-up <number>', 'load on each arm before, in seconds', seconds, 1)
    .option('--syscalls', 'also count system calls, by strace, after the samples', false)
    .option('--core', 'count instructions of filters/core instead, by callgrind, without an Envoy', false)
    .option('--seed <number>', 'the same seed gives the same order', natural)
    .option('--port-base <port>', 'use ports of 127.0.0.1 from here upwards, not random ones', natural)
    .option('--out <dir>', 'folder for the profile (default: results/local/<id>)')
    .option('--allow-unpinned', 'accept an Envoy that envoy.lock.json does not pin', false)
    .option('--json', 'print the profile as JSON', false);
}

const longestSeconds = 600;

function seconds(text: string): number {
  const value = Number(text);
  if (!(value >= 0.5 && value <= longestSeconds)) {
    throw new InvalidArgumentError(`seconds from 0.5 to ${longestSeconds} are needed.`);
  }
  return value;
}

/**
 * Looks up what the flags name.
 * @throws BadInputError for what is not there, or nothing.
 */
export async function chooseArms(
  flags: ProfileFlags,
): Promise<{ scenarios: readonly Scenario[]; variants: readonly Variant[] }> {
  const variants = [...selectVariants(flags.mechanisms), ...(await readOwnVariants(flags.variant ?? []))];
  const scenarios = await loadScenarios(flags.scenarios);
  if (scenarios.length === 0 || variants.length === 0) {
    throw new BadInputError('nothing is selected', 'name at least one scenario and one mechanism');
  }
  return { scenarios, variants };
}
