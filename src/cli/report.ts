import { Command } from 'commander';
import { judgedRun } from '../claims/judged-run.js';
import { loadClaims } from '../claims/load.js';
import { readWhole } from '../results/store/index.js';
import { reportRun } from './run/outcome.js';

/** `filterbench report RUN`. */
export function reportCommand(): Command {
  return new Command('report')
    .description('make the report of a stored run again, from its samples and evidence')
    .argument('<run>', 'folder of the run')
    .option('--json', 'print the run as JSON', false)
    .action(async (dir: string, { json }: { json: boolean }) => {
      const { run, beside } = await readWhole(dir);
      await reportRun(judgedRun(run, beside, await loadClaims()), dir, json, beside);
    });
}
