import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { Command } from 'commander';
import { judgeClaims } from '../../claims/judge.js';
import { loadClaims, selectClaims } from '../../claims/load.js';
import { commandText, mergeNeeds, type Need } from '../../claims/needs.js';
import { kindOf } from '../../claims/predictions/index.js';
import type { Claim } from '../../claims/schema.js';
import { readClaimData } from '../../claims/stored.js';
import { BadInputError } from '../../errors.js';
import { claimLines } from '../../report/terminal/claims.js';
import { list } from '../run/flags.js';
import { terminalWidth } from '../terminal-width.js';
import { gather } from './gather.js';

interface ClaimsFlags {
  from?: string[];
  only: string[];
  envoy?: string;
  budget: string;
  out?: string;
  dryRun: boolean;
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
    .option('--budget <time>', 'time for the measuring; the rest takes some 15 minutes', '60m')
    .option('--out <dir>', 'folder for all that is gathered (default: results/local/<time>-claims)')
    .option('--dry-run', 'print the commands that would gather it', false)
    .option('--json', 'print the verdicts as JSON', false)
    .action((flags: ClaimsFlags) => claims(flags, interrupt));
}

async function claims(flags: ClaimsFlags, interrupt: () => AbortSignal): Promise<void> {
  const { article, claims: all } = await loadClaims();
  const chosen = selectClaims(all, flags.only);
  const needs = mergeNeeds(chosen.flatMap(({ prediction }) => kindOf(prediction).needsOf(prediction)));
  if (flags.dryRun) {
    process.stdout.write(`${needs.map((need) => commandText(need)).join('\n')}\n`);
    return;
  }
  const dir = flags.from === undefined ? outFolder(flags) : null;
  const folders = dir === null ? (flags.from ?? []) : await gatherInto(dir, needs, flags, interrupt());
  const ids = chosen.map(({ id }) => id);
  // All are judged, whatever is shown: what a p value is adjusted for must not hang on --only.
  const verdicts = judgeClaims(all, await readClaimData(folders)).filter(({ claim }) => ids.includes(claim));
  const json = `${JSON.stringify({ article, verdicts }, null, 2)}\n`;
  if (dir !== null) writeFileSync(join(dir, verdictsFile), json);
  process.stdout.write(flags.json ? json : text(article, chosen, verdicts));
  if (dir !== null) process.stderr.write(`verdicts: ${relative('.', join(dir, verdictsFile))}\n`);
}

type Judged = Parameters<typeof claimLines>[0];

function text(article: Judged['article'], chosen: readonly Claim[], verdicts: Judged['verdicts']): string {
  const { stdout } = process;
  const width = terminalWidth(widestTable);
  const colour = stdout.isTTY === true && !process.env.NO_COLOR;
  return `${claimLines({ article, claims: chosen, verdicts }, { width, colour }).join('\n')}\n`;
}

function outFolder({ out }: ClaimsFlags): string {
  const time = new Date().toISOString().replace(/[-:]|\.\d+Z/g, '');
  return resolve(out ?? join('results', 'local', `${time}-claims`));
}

function gatherInto(
  dir: string,
  needs: readonly Need[],
  { envoy, budget }: ClaimsFlags,
  signal: AbortSignal,
): Promise<string[]> {
  if (needs.length === 0) {
    throw new BadInputError(
      'nothing can be gathered for these claims: they are opinions',
      'name others by --only',
    );
  }
  mkdirSync(dir, { recursive: true });
  return gather(needs, {
    dir,
    id: randomBytes(3).toString('hex'),
    benchFlags: ['--budget', budget],
    envoy,
    signal,
    say: (line) => process.stderr.write(`${line}\n`),
  });
}
