import { Command } from 'commander';
import { judgedRun } from '../claims/judged-run.js';
import { loadClaims } from '../claims/load.js';
import { BadInputError } from '../errors.js';
import { reportCsv } from '../report/index.js';
import { readWhole } from '../results/store/index.js';
import { reportRun } from './run/outcome.js';

/** `filterbench report RUN`. */
export function reportCommand(): Command {
  return new Command('report')
    .description('make the report of a stored run again, from its samples and evidence')
    .argument('<run>', 'folder of the run')
    .option('--json', 'print the run as JSON', false)
    .option('--static', 'leave the script out of report.html: pictures alone, and a smaller file', false)
    .option('--csv', 'print every estimate as comma-separated values, and write nothing', false)
    .action(async (dir: string, options: { json: boolean; csv: boolean; static: boolean }) => {
      const { json, csv, static: isStatic } = options;
      if (json && csv) throw new BadInputError('--json and --csv both print to stdout', 'give one of them');
      const { run, beside } = await readWhole(dir);
      if (csv) {
        process.stdout.write(reportCsv(run));
        return;
      }
      await reportRun(judgedRun(run, beside, await loadClaims()), dir, json, beside, isStatic);
    });
}
