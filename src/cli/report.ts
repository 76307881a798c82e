import { Command } from 'commander';
import { analyse, plannedOf } from '../results/analyse/index.js';
import { readRun } from '../results/store/index.js';
import { reportRun } from './run/outcome.js';

/** `filterbench report RUN`. */
export function reportCommand(): Command {
  return new Command('report')
    .description('make the report of a stored run again, from its samples and evidence')
    .argument('<run>', 'folder of the run')
    .option('--json', 'print the run as JSON', false)
    .action(async (dir: string, { json }: { json: boolean }) => {
      const { run, samples, evidence } = await readRun(dir);
      await reportRun(analyse(run, plannedOf(run, evidence), samples, evidence), dir, json);
    });
}
