import { type Command, InvalidArgumentError, Option } from 'commander';
import { BadInputError } from '../../errors.js';
import { mechanisms, selectVariants, type Variant } from '../../mechanisms/index.js';
import { type ProfileName, profileNameSchema } from '../../results/schema/index.js';
import { loadScenarios, type Scenario, scenarioNames } from '../../scenarios/load.js';
import { type Profile, profiles } from '../../schedule/profiles.js';

/** The flags of `bench`, as given. */
export interface BenchFlags {
  envoy?: string;
  mechanisms?: string[];
  scenarios?: string[];
  profile: ProfileName;
  budget?: number;
  seed?: number;
  runtime: 'auto' | 'native' | 'docker';
  imageTemplate: string;
  portBase?: number;
  out?: string;
  proveOnly: boolean;
  dryRun: boolean;
  allowUnpinned: boolean;
  json: boolean;
}

/** The `bench` command's flags; the contract is in docs/architecture.md. */
export function benchFlags(command: Command): Command {
  return command
    .option('--envoy <version|path>', 'Envoy to measure (default: 1.40.0)')
    .option('--mechanisms <names>', 'mechanisms or variants, by comma (default: all)', list)
    .option('--scenarios <names>', 'scenarios, by comma (default: all; smoke: headers)', list)
    .addOption(
      new Option('--profile <name>', 'how much is measured')
        .choices(profileNameSchema.options)
        .default('quick'),
    )
    .option('--budget <time>', 'time for the whole run, such as 90s or 10m', duration)
    .option('--seed <number>', 'the same seed gives the same schedule', natural)
    .addOption(
      new Option('--runtime <kind>', 'where Envoys run')
        .choices(['auto', 'native', 'docker'])
        .default('auto'),
    )
    .option('--image-template <image>', 'image of --runtime docker', 'envoyproxy/envoy:v{version}')
    .option('--port-base <port>', 'use ports of 127.0.0.1 from here upwards, not random ones', natural)
    .option('--out <dir>', 'folder for the run (default: results/local/<id>)')
    .option('--prove-only', 'prove that every arm does the job, and measure nothing', false)
    .option('--dry-run', 'print the plan and its estimated time, and start nothing', false)
    .option('--allow-unpinned', 'accept an Envoy that envoy.lock.json does not pin', false)
    .option('--json', 'print the run as JSON', false);
}

/** What flags mean, once everything they name was found. */
export interface BenchChoice {
  readonly profile: Profile;
  readonly scenarios: readonly Scenario[];
  readonly variants: readonly Variant[];
  readonly seed: number;
  readonly budgetSeconds: number;
}

/**
 * Looks up what the flags name.
 * @throws BadInputError for an unknown scenario, mechanism or variant, or a broken scenario file.
 */
export async function choose(flags: BenchFlags): Promise<BenchChoice> {
  const variants = selectVariants(flags.mechanisms ?? mechanisms.map(({ name }) => name));
  const profile = profiles[flags.profile];
  const scenarios = await loadScenarios(flags.scenarios ?? profile.scenarios ?? (await scenarioNames()));
  if (scenarios.length === 0 || variants.length === 0) {
    throw new BadInputError('nothing is selected', 'name at least one scenario and one mechanism');
  }
  return {
    profile,
    scenarios,
    variants,
    seed: flags.seed ?? Math.floor(Math.random() * 2 ** 31),
    budgetSeconds: flags.budget ?? profile.budgetSeconds,
  };
}

function list(text: string): string[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

function natural(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new InvalidArgumentError('a whole number is needed.');
  return value;
}

function duration(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(s|m|h)$/.exec(text);
  const unit = { s: 1, m: 60, h: 3_600 }[match?.[2] ?? ''];
  if (!match || unit === undefined) throw new InvalidArgumentError('write a time such as 90s, 10m or 1h.');
  return Number(match[1]) * unit;
}
