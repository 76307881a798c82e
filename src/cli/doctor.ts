import { Command } from 'commander';
import { checks } from '../doctor/checks/index.js';
import { canRun, examine } from '../doctor/examine.js';
import { DEFAULT_ENVOY_VERSION } from '../envoy/binary/index.js';
import { ExitCode, type ExitCodeValue } from '../errors.js';
import { doctorLines } from '../report/terminal/doctor.js';
import { terminalWidth } from './terminal-width.js';

interface DoctorFlags {
  envoy: string;
  imageTemplate: string;
  json: boolean;
}

const widest = 80;

/** `filterbench doctor`: what this machine has and lacks for the other commands. */
export function doctorCommand(exit: (code: ExitCodeValue) => void): Command {
  return new Command('doctor')
    .description('look at this machine: what is here, what is missing, what would spoil numbers')
    .option('--envoy <version|path>', 'the Envoy that is meant', DEFAULT_ENVOY_VERSION)
    .option('--image-template <image>', 'the image that is meant', 'envoyproxy/envoy:v{version}')
    .option('--json', 'print what was found as JSON', false)
    .action(async (flags: DoctorFlags) => exit(await doctor(flags)));
}

async function doctor({ envoy, imageTemplate, json }: DoctorFlags): Promise<ExitCodeValue> {
  const examined = await examine(checks, { envoy, imageTemplate });
  const runs = canRun(examined);
  const { stdout } = process;
  if (json) {
    const found = { schema: 'filterbench/doctor@1', canRun: runs, checks: examined };
    stdout.write(`${JSON.stringify(found, null, 2)}\n`);
  } else {
    const colour = stdout.isTTY === true && !process.env.NO_COLOR;
    stdout.write(`${doctorLines(examined, runs, { width: terminalWidth(widest), colour }).join('\n')}\n`);
  }
  return runs.length > 0 ? ExitCode.done : ExitCode.missing;
}
