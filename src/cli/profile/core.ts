import { ExitCode, type ExitCodeValue } from '../../errors.js';
import { requireValgrind } from '../../profiling/core/callgrind.js';
import { buildCoreExample, type CoreProfile, profileCore } from '../../profiling/core/profile-core.js';
import { coreProfileLines } from '../../report/index.js';
import { loadScenarios } from '../../scenarios/load.js';
import type { ProfileFlags } from './options.js';

/** Counts the instructions of the jobs' core, without any Envoy. */
export async function profileCoreAlone(flags: ProfileFlags, signal: AbortSignal): Promise<ExitCodeValue> {
  const scenarios = await loadScenarios(flags.scenarios);
  await requireValgrind();
  const program = await buildCoreExample(signal);
  const found: CoreProfile[] = [];
  for (const scenario of scenarios) found.push(await profileCore(program, scenario, signal));
  if (flags.json) process.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
  else process.stdout.write(`${found.flatMap(coreProfileLines).join('\n')}\n`);
  return ExitCode.done;
}
