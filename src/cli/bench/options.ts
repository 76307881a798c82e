import type { Command } from 'commander';
import { BadInputError } from '../../errors.js';
import { mechanisms, selectVariants, type Variant } from '../../mechanisms/index.js';
import { readOwnVariants } from '../../mechanisms/own/index.js';
import { type ProfileName, profileNameSchema } from '../../results/schema/index.js';
import { familyNames, loadScenarios, type Scenario } from '../../scenarios/load.js';
import type { PlanRequest } from '../../schedule/plan.js';
import { type Precision, profiles } from '../../schedule/profiles.js';
import { choiceOption } from '../choice-option.js';
import {
  drawnSeed,
  envoysOption,
  list,
  precision,
  type RunFlags,
  rates,
  runFlags,
  variantOption,
} from '../run/flags.js';

/** The flags of `bench`, as given. */
export interface BenchFlags extends RunFlags {
  mechanisms?: string[];
  variant?: string[];
  scenarios?: string[];
  profile: ProfileName;
  rate?: number[];
  precision?: Precision;
  proveOnly: boolean;
  dryRun: boolean;
  /** Folder of a run to go on with. */
  resume?: string;
}

/** The `bench` command's flags; the contract is in docs/architecture.md. */
export function benchFlags(command: Command): Command {
  command
    .option(
      '--mechanisms <names>',
      'mechanisms or variants, by comma (default: all, but for other languages than the first; full: all)',
      list,
    )
    .addOption(variantOption())
    .option(
      '--scenarios <names>',
      'scenarios, by comma; a series by its name, or one of it (default: noop,headers,access; smoke: headers; full: all)',
      list,
    )
    .addOption(
      choiceOption('--profile <name>', 'how much is measured', profileNameSchema.options).default('quick'),
    )
    .option('--rate <list>', 'rates of the open loop, a second (default: by profile)', rates)
    .option(
      '--precision <width>',
      'go on until intervals are this narrow, such as 0.5us, or with a share of the own cost, 1us,3% (full: this)',
      precision,
    )
    .option('--prove-only', 'prove that every arm does the job, and measure nothing', false)
    .option('--dry-run', 'print the plan and its estimated time, and start nothing', false)
    .option('--resume <run>', 'go on with a run that was cut off, by the flags that it was begun with');
  return runFlags(command, envoysOption('Envoys to measure, by comma (default: 1.40.0)'));
}

/** What flags mean, once everything they name was found. */
export interface BenchChoice {
  readonly scenarios: readonly Scenario[];
  readonly variants: readonly Variant[];
  /** The plan that is asked for, but for the arms. */
  readonly plan: Omit<PlanRequest, 'scenarios'>;
}

// What is there to compare languages would take time from all others where nobody asked for it.
function selected({ mechanisms: named, profile }: BenchFlags): Variant[] {
  if (named !== undefined) return selectVariants(named);
  const all = selectVariants(mechanisms.map(({ name }) => name));
  return profile === 'full' ? all : all.filter(({ aside }) => !aside);
}

/**
 * Looks up what the flags name.
 * @throws BadInputError for an unknown scenario, mechanism or variant, a broken scenario or variant file, or flags that contradict.
 */
export async function choose(flags: BenchFlags): Promise<BenchChoice> {
  const profile = profiles[flags.profile];
  const variants = [...selected(flags), ...(await readOwnVariants(flags.variant ?? []))];
  if (flags.precision !== undefined && !profile.intervals) {
    throw new BadInputError(
      `--precision needs intervals, which --profile ${profile.name} has none of`,
      'use --profile quick or full',
    );
  }
  const named = profile.scenarios === 'all' ? await familyNames() : profile.scenarios;
  const scenarios = await loadScenarios(flags.scenarios ?? named);
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
      // Smoke shows that all works: it is short by itself, and nothing of it may be left out.
      budgetBinds: flags.budget !== undefined && profile.intervals,
      ...(flags.rate && { rates: flags.rate }),
      precision: flags.precision ?? profile.precision,
      proveOnly: flags.proveOnly,
    },
  };
}
