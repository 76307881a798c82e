import { Command, CommanderError } from 'commander';
import { ExitCode, type ExitCodeValue, FilterbenchError, isRoomLacking, WriteError } from '../errors.js';
import { packageVersion } from '../version.js';
import { benchCommand } from './bench/index.js';
import { calibrateCommand } from './calibrate.js';
import { claimsCommand } from './claims/index.js';
import { compareCommand } from './compare.js';
import { compatCommand } from './compat.js';
import { completionCommand } from './completion/index.js';
import { doctorCommand } from './doctor.js';
import { effortCommand } from './effort.js';
import { envoyCommand } from './envoy.js';
import { faultsCommand } from './faults.js';
import { filtersCommand } from './filters.js';
import { historyCommand } from './history/index.js';
import { initCommand } from './init.js';
import { interruptSignal } from './interrupt.js';
import { listCommand } from './list.js';
import { probesCommand } from './probes.js';
import { profileCommand } from './profile/index.js';
import { publishCommand } from './publish.js';
import { reportCommand } from './report.js';
import { selftestCommand } from './selftest/index.js';

/**
 * The command line.
 * @returns the exit code; never throws.
 */
export async function main(args: readonly string[]): Promise<ExitCodeValue> {
  let code: ExitCodeValue = ExitCode.done;
  const exit = (value: ExitCodeValue) => {
    code = value;
  };
  const program = new Command('filterbench')
    .description('measures what each way of extending Envoy costs')
    .version(packageVersion())
    .addCommand(benchCommand(interruptSignal, exit))
    .addCommand(calibrateCommand(interruptSignal, exit))
    .addCommand(selftestCommand(interruptSignal, exit))
    .addCommand(profileCommand(interruptSignal, exit))
    .addCommand(compatCommand(interruptSignal))
    .addCommand(faultsCommand(interruptSignal, exit))
    .addCommand(probesCommand(interruptSignal, exit))
    .addCommand(effortCommand(interruptSignal, exit))
    .addCommand(claimsCommand(interruptSignal))
    .addCommand(envoyCommand())
    .addCommand(reportCommand())
    .addCommand(publishCommand())
    .addCommand(compareCommand(exit))
    .addCommand(historyCommand(exit))
    .addCommand(listCommand())
    .addCommand(initCommand())
    .addCommand(doctorCommand(exit))
    .addCommand(completionCommand())
    .addCommand(filtersCommand(interruptSignal, exit));
  for (const command of withSubcommands(program)) command.exitOverride().showSuggestionAfterError();
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    return report(error);
  }
}

function withSubcommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}

function report(error: unknown): ExitCodeValue {
  if (error instanceof CommanderError) {
    // Asked for help or version: commander has printed it, as it has printed its errors.
    if (error.exitCode === 0) return ExitCode.done;
    process.stderr.write('  next: filterbench --help, or --help after a command, shows what can be given\n');
    return ExitCode.badInput;
  }
  if (error instanceof FilterbenchError) {
    process.stderr.write(`error: ${error.message}\n  next: ${error.next}\n`);
    return error.exitCode;
  }
  if (isRoomLacking(error))
    return report(new WriteError('a file', 'make room on the disk, then run it again', error));
  // Not one of ours, so a defect: here a stack trace helps.
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  return ExitCode.gateFailed;
}
