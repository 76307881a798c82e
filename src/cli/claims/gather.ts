import { existsSync, renameSync } from 'node:fs';
import { join, relative } from 'node:path';
import { execa } from 'execa';
import { argumentsOf, benchBudget, type Need } from '../../claims/needs.js';
import { BadInputError, ExitCode, FailedError, InterruptedError } from '../../errors.js';
import { packagePaths } from '../../paths.js';
import { launchPrefix } from '../../runtime/launch-prefix.js';
import { findUnfinishedBench, unfinishedPrefix } from './unfinished.js';

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
  /** `--verbose` for all that start Envoys, or nothing. */
  readonly verbose: readonly string[];
  readonly signal: AbortSignal;
  say(text: string): void;
}

// Their own commands say that an arm is invalid, or that a fault did not come about: what was seen is judged all the same.
const usable: readonly number[] = [ExitCode.done, ExitCode.gateFailed];

/**
 * Runs the commands that meet the needs, one after another. What is in the folder already is not gathered again; a bench that was
 * cut off is gone on with.
 * @returns the folders that hold something.
 * @throws FailedError where one could not do its work, InterruptedError; what others gathered is kept. BadInputError where a bench that was
 * cut off can't be gone on with: before anything is gathered where its plan is another.
 */
export async function gather(needs: readonly Need[], options: GatherOptions): Promise<string[]> {
  const { dir, id, say } = options;
  const folderOf = ({ command }: Need) => join(dir, command);
  const missing = needs.filter((need) => {
    const isThere = existsSync(folderOf(need));
    if (isThere) say(`${folderOf(need)} is there: not gathered again`);
    return !isThere;
  });
  const bench = missing.find(({ command }) => command === 'bench');
  const begun = bench ? await findUnfinishedBench(folderOf(bench), wordsOf(bench, options)) : null;
  const begin = performance.now();
  for (const need of missing) {
    const out = folderOf(need);
    if (need === bench && begun) {
      if (!begun.isComplete) await resume(begun.dir, options);
      renameSync(begun.dir, out);
      continue;
    }
    const unfinished = unfinishedPrefix(out) + id;
    const spentSeconds = (performance.now() - begin) / 1_000;
    const budget = benchBudget(options.budgetSeconds, spentSeconds);
    // What is measured for a claim hangs on no file that happens to be here.
    const own = [
      ...(need.command === 'bench' ? ['--budget', budget, '--no-config'] : []),
      ...(need.command === 'effort' ? [] : options.verbose),
    ];
    requireUsable(need, await run([...wordsOf(need, options), ...own, '--out', unfinished], options));
    renameSync(unfinished, out);
  }
  return needs.map(folderOf);
}

/** The words of a need's command, but for where it writes and how long it may take. */
export function wordsOf(
  need: Need,
  { benchFlags, envoy }: Pick<GatherOptions, 'benchFlags' | 'envoy'>,
): string[] {
  const takesEnvoy = need.command !== 'compat' && need.command !== 'effort';
  return [
    ...argumentsOf(need),
    ...(need.command === 'bench' ? benchFlags : []),
    ...(envoy !== undefined && takesEnvoy ? ['--envoy', envoy] : []),
  ];
}

async function resume(dir: string, options: GatherOptions): Promise<void> {
  options.say(`${dir} was cut off: going on with it, within the budget that it was begun with`);
  const ended = await run(['bench', '--resume', dir, ...options.verbose], options);
  if (ended.exitCode === ExitCode.badInput) {
    const folder = relative('.', dir);
    throw new BadInputError(
      `${folder} cannot be gone on with; above it says why`,
      `go on where it was begun, by the same command; or measure anew, without it: rm -r ${folder}`,
    );
  }
  requireUsable({ command: 'bench' }, ended);
}

interface Ended {
  readonly exitCode: number | undefined;
  readonly failed: boolean;
  readonly endedBy: string | undefined;
}

/** @throws InterruptedError where it, or we, were interrupted. */
async function run(args: readonly string[], { signal, say }: GatherOptions): Promise<Ended> {
  const cli = join(packagePaths.root, 'bin', 'filterbench.js');
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
  return { exitCode, failed, endedBy };
}

function requireUsable({ command }: Pick<Need, 'command'>, { exitCode, failed, endedBy }: Ended): void {
  if (!failed || (exitCode !== undefined && usable.includes(exitCode))) return;
  throw new FailedError(
    `"filterbench ${command}" ended with ${endedBy ?? `exit code ${exitCode}`}`,
    'see what it said above; the same command with the same --out goes on where this one ended',
  );
}
