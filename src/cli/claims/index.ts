import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { Command, Option } from 'commander';
import { judgeClaims } from '../../claims/judge.js';
import { dataOfRun, withVerdicts } from '../../claims/judged-run.js';
import { loadClaims, selectClaims } from '../../claims/load.js';
import { mergeNeeds, type Need, withEffort } from '../../claims/needs.js';
import { kindOf } from '../../claims/predictions/index.js';
import { readClaimData } from '../../claims/stored.js';
import { BadInputError, InterruptedError } from '../../errors.js';
import { shellLine } from '../../report/format/text.js';
import { writeReport } from '../../report/index.js';
import { claimLines } from '../../report/terminal/claims.js';
import {
  joinRun,
  readWhole,
  replaceWhole,
  requireWritable,
  runFiles,
  type WholeRun,
  writeRunFile,
} from '../../results/store/index.js';
import { duration, list, natural } from '../run/flags.js';
import { terminalWidth } from '../terminal-width.js';
import { gather, wordsOf } from './gather.js';
import { keepLog } from './keep-log.js';

interface ClaimsFlags {
  from?: string[];
  only: string[];
  envoy?: string;
  scenarios?: string;
  budget: number;
  seed?: number;
  out?: string;
  dryRun: boolean;
  verbose: boolean;
  json: boolean;
}

const widestTable = 120;
const verdictsFile = 'verdicts.json';

/** `filterbench claims`: the verdicts on the article's claims, from what is stored or from what is gathered for them. */
export function claimsCommand(interrupt: () => AbortSignal): Command {
  return new Command('claims')
    .description("judge the claims of Jimmy Song's article: gather what they need, or take stored runs")
    .option('--from <runs...>', 'folders of runs, and of "compat", "faults" and "probes" with --out')
    .option('--only <ids>', "ids by comma, such as 'perf-*'; all where it is left away", list, [])
    .option('--envoy <version|path>', 'the Envoy that is measured, injured and asked (default: 1.40.0)')
    .option('--scenarios <names>', 'measure no other scenarios than these, by comma: more restarts of each')
    .addOption(
      new Option('--budget <time>', 'time for everything: measuring has what the rest leaves')
        .argParser(duration)
        .default(90 * 60, '90m'),
    )
    .option('--seed <number>', 'of the measuring: the same seed gives the same schedule', natural)
    .option('--out <dir>', 'folder for all that is gathered (default: results/local/<time>-claims)')
    .option('--dry-run', 'print the commands that would gather it', false)
    .option('--verbose', 'write all that happens to filterbench.log, in the folder of each command', false)
    .option('--json', 'print the verdicts as JSON; of --dry-run, the commands', false)
    .action((flags: ClaimsFlags) => claims(flags, interrupt));
}

async function claims(flags: ClaimsFlags, interrupt: () => AbortSignal): Promise<void> {
  const loaded = await loadClaims();
  const chosen = selectClaims(loaded.claims, flags.only);
  const own = mergeNeeds(chosen.flatMap(({ prediction }) => kindOf(prediction).needsOf(prediction)));
  const needs = flags.only.length === 0 ? withEffort(own) : own;
  if (flags.dryRun) {
    process.stdout.write(planText(needs, flags));
    if (!flags.json) process.stderr.write(`within ${Math.ceil(flags.budget / 60)} minutes (--budget)\n`);
    return;
  }
  const dir = flags.from === undefined ? outFolder(flags) : null;
  const folders = dir === null ? (flags.from ?? []) : await gatherInto(dir, needs, flags, interrupt());
  const ids = chosen.map(({ id }) => id);
  // All are judged, whatever is shown: what a p value is adjusted for must not hang on --only.
  const whole = dir !== null && existsSync(join(dir, runFiles.run)) ? await readWhole(dir) : null;
  const data = whole === null ? await readClaimData(folders) : dataOfRun(whole.run, whole.beside);
  const all = judgeClaims(loaded.claims, data);
  const verdicts = all.filter(({ claim }) => ids.includes(claim));
  const json = `${JSON.stringify({ article: loaded.article, verdicts }, null, 2)}\n`;
  const judged = whole && { ...whole, run: withVerdicts(whole.run, all, loaded.article) };
  const written = dir === null ? null : await write(dir, json, judged);
  process.stdout.write(flags.json ? json : text({ article: loaded.article, verdicts }));
  if (written !== null) process.stderr.write(`${relative('.', written)}\n`);
}

/** The commands that would gather it, as a user would type them, or as data. */
function planText(needs: readonly Need[], flags: ClaimsFlags): string {
  const commands = needs.map((need) => ({
    command: need.command,
    args: wordsOf(need, { benchFlags: benchFlagsOf(flags), envoy: flags.envoy }),
  }));
  if (flags.json) return `${JSON.stringify({ budgetSeconds: flags.budget, commands }, null, 2)}\n`;
  return commands.map(({ args }) => `filterbench ${shellLine(args)} --out RUN\n`).join('');
}

function benchFlagsOf({ scenarios, seed }: ClaimsFlags): string[] {
  return [
    ...(scenarios === undefined ? [] : ['--scenarios', scenarios]),
    ...(seed === undefined ? [] : ['--seed', String(seed)]),
  ];
}

/** @returns the path of what a user will look at */
async function write(dir: string, json: string, judged: WholeRun | null): Promise<string> {
  const verdicts = join(dir, verdictsFile);
  replaceWhole(verdicts, json);
  if (judged === null) return verdicts;
  writeRunFile(dir, judged.run);
  await writeReport(dir, judged.run, judged.beside);
  return join(dir, 'report.html');
}

function text(judged: Parameters<typeof claimLines>[0]): string {
  const { stdout } = process;
  const width = terminalWidth(widestTable);
  const colour = stdout.isTTY === true && !process.env.NO_COLOR;
  return `${claimLines(judged, { width, colour }).join('\n')}\n`;
}

function outFolder({ out }: ClaimsFlags): string {
  const time = new Date().toISOString().replace(/[-:]|\.\d+Z/g, '');
  return resolve(out ?? join('results', 'local', `${time}-claims`));
}

/** What there is in the folder in the end: one run where anything was measured, else a folder a command. */
async function gatherInto(
  dir: string,
  needs: readonly Need[],
  flags: ClaimsFlags,
  signal: AbortSignal,
): Promise<string[]> {
  if (needs.length === 0) {
    throw new BadInputError(
      'nothing can be gathered for these claims: they are opinions',
      'name others by --only',
    );
  }
  const say = (line: string) => process.stderr.write(`${line}\n`);
  if (existsSync(join(dir, runFiles.run))) {
    say(`${dir} holds a run: nothing is gathered again`);
    return [dir];
  }
  requireWritable(dir);
  const folders = await gather(needs, {
    dir,
    id: randomBytes(3).toString('hex'),
    benchFlags: benchFlagsOf(flags),
    budgetSeconds: flags.budget,
    envoy: flags.envoy,
    verbose: flags.verbose ? ['--verbose'] : [],
    signal,
    say,
  }).catch((error: unknown) => {
    if (!(error instanceof InterruptedError)) throw error;
    const again = `the same command with --out ${shellLine([relative('.', dir) || '.'])} goes on from here`;
    throw new InterruptedError('interrupted', again);
  });
  const bench = folders.find((folder) => existsSync(join(folder, runFiles.run)));
  if (bench === undefined) return folders;
  const others = folders.filter((folder) => folder !== bench);
  keepLog(bench, dir, say);
  await joinRun(dir, bench, others, process.argv.slice(2));
  return [dir];
}
