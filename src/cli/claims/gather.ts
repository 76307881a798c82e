import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { argumentsOf, benchBudget, type Need } from '../../claims/needs.js';
import { ExitCode, FailedError, InterruptedError } from '../../errors.js';
import { packagePaths } from '../../paths.js';
import { launchPrefix } from '../../runtime/launch-prefix.js';

/** How the commands that gather are run. */
export interface GatherOptions {
  /** The folder that theirs go into, each named after its command. */
  readonly dir: string;
  /** Names what is not whole yet: a later try never takes it for its own. */
  readonly id: string;
  /** Flags of `bench` beyond what the claims need. */
  readonly benchFlags: readonly string[];
  /** For all commands; `bench`, which comes last, has what the others leave. */
  readonly budgetSeconds: number;
  /** The Envoy that faults are injected into and probes ask; a matrix has several of its own. */
  readonly envoy: string | undefined;
  readonly signal: AbortSignal;
  say(text: string): void;
}

// Their own commands say that an arm is invalid, or that a fault did not come about: what was seen is judged all the same.
const usable: readonly number[] = [ExitCode.done, ExitCode.gateFailed];

/**
 * Runs the commands that meet the needs, one after another. What is in the folder already is not gathered again.
 * @returns the folders that hold something.
 * @throws FailedError where one could not do its work, InterruptedError; what others gathered is kept.
 */
export async function gather(needs: readonly Need[], options: GatherOptions): Promise<string[]> {
  const folders: string[] = [];
  const begin = performance.now();
  for (const need of needs) {
    const out = join(options.dir, need.command);
    folders.push(out);
    if (existsSync(out)) {
      options.say(`${out} is there: not gathered again`);
      continue;
    }
    const unfinished = `${out}-unfinished-${options.id}`;
    const spentSeconds = (performance.now() - begin) / 1_000;
    await run(need, unfinished, benchBudget(options.budgetSeconds, spentSeconds), options);
    renameSync(unfinished, out);
  }
  return folders;
}

async function run(
  need: Need,
  out: string,
  budget: string,
  { benchFlags, envoy, signal, say }: GatherOptions,
): Promise<void> {
  const cli = join(packagePaths.root, 'bin', 'filterbench.js');
  // What is measured for a claim hangs on no file that happens to be here.
  const own = need.command === 'bench' ? [...benchFlags, '--budget', budget, '--no-config'] : [];
  const takesEnvoy = need.command !== 'compat' && need.command !== 'effort';
  const which = envoy !== undefined && takesEnvoy ? ['--envoy', envoy] : [];
  const args = [...argumentsOf(need), ...own, ...which, '--out', out];
  say(`filterbench ${args.join(' ')}`);
  const [command = process.execPath, ...before] = [...(await launchPrefix([])), process.execPath];
  const {
    exitCode,
    failed,
    signal: endedBy,
  } = await execa(command, [...before, cli, ...args], {
    // A group of its own: Ctrl-C in a terminal reaches us alone, and we tell it once.
    detached: true,
    stdin: 'ignore',
    stdout: 'ignore',
    stderr: 'inherit',
    reject: false,
    cancelSignal: signal,
    forceKillAfterDelay: 60_000,
  });
  if (signal.aborted || exitCode === ExitCode.interrupted) throw new InterruptedError();
  if (!failed || (exitCode !== undefined && usable.includes(exitCode))) return;
  throw new FailedError(
    `"filterbench ${need.command}" ended with ${endedBy ?? `exit code ${exitCode}`}`,
    'see what it said above; the same command with the same --out goes on where this one ended',
  );
}
