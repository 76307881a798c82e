import { type Command, Option } from 'commander';
import { BadInputError } from '../../errors.js';
import { mechanisms, selectVariants, type Variant } from '../../mechanisms/index.js';
import { type ProfileName, profileNameSchema } from '../../results/schema/index.js';
import { loadScenarios, type Scenario, scenarioNames } from '../../scenarios/load.js';
import type { PlanRequest } from '../../schedule/plan.js';
import { profiles } from '../../schedule/profiles.js';
import { drawnSeed, list, microseconds, type RunFlags, rates, runFlags } from '../run/flags.js';

/** The flags of `bench`, as given. */
export interface BenchFlags extends RunFlags {
  mechanisms?: string[];
  scenarios?: string[];
  profile: ProfileName;
  rate?: number[];
  precision?: number;
  proveOnly: boolean;
  dryRun: boolean;
}

/** The `bench` command's flags; the contract is in docs/architecture.md. */
export function benchFlags(command: Command): Command {
  command
    .option('--mechanisms <names>', 'mechanisms or variants, by comma (default: all)', list)
    .option('--scenarios <names>', 'scenarios, by comma (default: all; smoke: headers)', list)
    .addOption(
      new Option('--profile <name>', 'how much is measured')
        .choices(profileNameSchema.options)
        .default('quick'),
    )
    .option('--rate <list>', 'rates of the open loop, a second (default: by profile)', rates)
    .option(
      '--precision <time>',
      'go on until in-process intervals are this narrow, such as 0.5us',
      microseconds,
    )
    .option('--prove-only', 'prove that every arm does the job, and measure nothing', false)
    .option('--dry-run', 'print the plan and its estimated time, and start nothing', false);
  return runFlags(command);
}

/** What flags mean, once everything they name was found. */
export interface BenchChoice {
  readonly scenarios: readonly Scenario[];
  readonly variants: readonly Variant[];
  /** The plan that is asked for, but for the arms. */
  readonly plan: Omit<PlanRequest, 'scenarios'>;
}

/**
 * Looks up what the flags name.
 * @throws BadInputError for an unknown scenario, mechanism or variant, a broken scenario file, or flags that contradict.
 */
export async function choose(flags: BenchFlags): Promise<BenchChoice> {
  const variants = selectVariants(flags.mechanisms ?? mechanisms.map(({ name }) => name));
  const profile = profiles[flags.profile];
  if (flags.precision !== undefined && !profile.intervals) {
    throw new BadInputError(
      `--precision needs intervals, which --profile ${profile.name} has none of`,
      'use --profile quick or full',
    );
  }
  const scenarios = await loadScenarios(flags.scenarios ?? profile.scenarios ?? (await scenarioNames()));
  if (scenarios.length === 0 || variants.length === 0) {
    throw new BadInputError('nothing is selected', 'name at least one scenario and one mechanism');
  }
  return {
    scenarios,
    variants,
    plan: {
      profile,
      seed: drawnSeed(flags),
      budgetSeconds: flags.budget ?? profile.budgetSeconds,
      rates: flags.rate ?? profile.rates,
      precisionUs: flags.precision ?? null,
      proveOnly: flags.proveOnly,
    },
  };
}
