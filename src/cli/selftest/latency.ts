import { ExitCode, type ExitCodeValue } from '../../errors.js';
import { latencyLines } from '../../report/index.js';
import { measureDelay, measureStall } from '../../selftest/latency.js';
import { drawnSeed, type RunFlags } from '../run/flags.js';
import { prepare } from '../run/prepare.js';
import { closeLog, logBeside } from '../run/verbose.js';
import { withWorkbench } from '../run/workbench.js';

/** Measures the latency of servers whose latency is known. */
export async function testLatency(flags: RunFlags, signal: AbortSignal): Promise<ExitCodeValue> {
  const { environment, placement, id, progress, log } = await prepare(flags, signal);
  logBeside(log, flags.out, `selftest-latency-${id}`);
  const seed = drawnSeed(flags);
  const truths = await withWorkbench(
    { id, environment, placement, portBase: flags.portBase, seed, log },
    async (bench) => {
      const parts = { ...bench, placement, signal };
      progress.say('a server that delays every answer');
      const delay = await measureDelay(parts);
      progress.say('a server that stalls once in a while: about a minute');
      return [delay, await measureStall(parts)];
    },
  );
  if (log) closeLog(log, progress);
  if (flags.json) process.stdout.write(`${JSON.stringify(truths, null, 2)}\n`);
  else process.stdout.write(`${latencyLines(truths).join('\n')}\n`);
  return truths.every(({ holds }) => holds) ? ExitCode.done : ExitCode.gateFailed;
}
