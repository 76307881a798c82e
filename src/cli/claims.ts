import { Command } from 'commander';
import { judgeClaims } from '../claims/judge.js';
import { loadClaims, selectClaims } from '../claims/load.js';
import { readClaimData } from '../claims/stored.js';
import { BadInputError } from '../errors.js';
import { claimLines } from '../report/terminal/claims.js';
import { list } from './run/flags.js';

interface ClaimsFlags {
  from?: string[];
  only: string[];
  json: boolean;
}

const widestTable = 120;
const plainWidth = 80;

/** `filterbench claims`: the verdicts on the article's claims, from what is stored. */
export function claimsCommand(): Command {
  return new Command('claims')
    .description("judge the claims of Jimmy Song's article by stored runs")
    .option('--from <runs...>', 'folders of runs, and of "compat", "faults" and "probes" with --out')
    .option('--only <ids>', "ids by comma, such as 'perf-*'; all where it is left away", list, [])
    .option('--json', 'print the verdicts as JSON', false)
    .action(claims);
}

async function claims({ from, only, json }: ClaimsFlags): Promise<void> {
  const { article, claims: all } = await loadClaims();
  const chosen = selectClaims(all, only);
  if (from === undefined) {
    throw new BadInputError(
      'no run is named: measuring what the claims need is not part of this command yet',
      'measure with "bench", and with "compat", "faults" and "probes" by --out, then give their folders with --from',
    );
  }
  const ids = chosen.map(({ id }) => id);
  // All are judged, whatever is shown: what a p value is adjusted for must not hang on --only.
  const verdicts = judgeClaims(all, await readClaimData(from)).filter(({ claim }) => ids.includes(claim));
  const { stdout } = process;
  if (json) {
    stdout.write(`${JSON.stringify({ article, verdicts }, null, 2)}\n`);
    return;
  }
  const width = Math.min(stdout.columns || plainWidth, widestTable);
  const colour = stdout.isTTY === true && !process.env.NO_COLOR;
  stdout.write(`${claimLines({ article, claims: chosen, verdicts }, { width, colour }).join('\n')}\n`);
}
