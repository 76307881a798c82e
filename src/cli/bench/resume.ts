import { join, resolve } from 'node:path';
import { Command, CommanderError } from 'commander';
import { BadInputError } from '../../errors.js';
import type { Run } from '../../results/schema/index.js';
import { readRunFile, requireNoOwner, runFiles } from '../../results/store/index.js';
import { requireUnfinished } from '../run/record.js';
import { type BenchFlags, benchFlags } from './options.js';

// What says nothing about what is measured.
const allowed: readonly string[] = ['resume', 'json', 'verbose'];

/**
 * The flags of a run that was cut off, as they were given when it began: no others can be given beside `--resume`.
 * @param command `bench`, as it was parsed
 * @throws BadInputError where other flags are given, or the folder holds no run of `bench` that was cut off.
 */
export async function flagsToResume(folder: string, command: Command): Promise<BenchFlags> {
  refuseOtherFlags(command);
  const dir = resolve(folder);
  const run = await readRunFile(join(dir, runFiles.run));
  requireUnfinished(dir, run);
  // Looked at again later on, but a user need not wait for it.
  requireNoOwner(dir);
  const { json, verbose = false } = command.opts<BenchFlags>();
  return { ...storedFlags(dir, run), resume: dir, json, verbose };
}

function refuseOtherFlags(command: Command): void {
  const given = command.options
    .filter((option) => command.getOptionValueSource(option.attributeName()) === 'cli')
    .filter((option) => !allowed.includes(option.attributeName()))
    .map(({ long }) => long);
  if (given.length === 0) return;
  throw new BadInputError(
    `--resume goes on with the plan of its run, and takes no ${given.join(', ')} beside it`,
    'leave it away, or measure another run without --resume',
  );
}

function storedFlags(dir: string, run: Run): BenchFlags {
  const [name, ...args] = run.command;
  if (name !== 'bench') {
    throw new BadInputError(
      `${dir} is a run of "filterbench ${name}", and only those of bench can be gone on with`,
      'run that command again',
    );
  }
  const command = benchFlags(new Command('bench'))
    .exitOverride()
    .configureOutput({ writeErr: () => undefined, writeOut: () => undefined });
  try {
    const flags = command.parse(args, { from: 'user' }).opts<BenchFlags>();
    // What was drawn, and what was found, when it began.
    return { ...flags, seed: run.seed, runtime: run.envoys[0]?.runtime ?? flags.runtime };
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    throw new BadInputError(
      `the command of ${dir} is not understood: ${error.message}`,
      'another filterbench may have written it: use that one, or measure again without --resume',
      error,
    );
  }
}
