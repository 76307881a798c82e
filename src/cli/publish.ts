import { join, relative, resolve } from 'node:path';
import { Command } from 'commander';
import { judgedRun } from '../claims/judged-run.js';
import { loadClaims } from '../claims/load.js';
import { writeReport } from '../report/index.js';
import { publishRun, readWhole, writeRunFile } from '../results/store/index.js';

/** `filterbench publish RUN FOLDER`. */
export function publishCommand(): Command {
  return new Command('publish')
    .description(
      'copy a run into a folder to be kept: checked, judged and reported again, its samples compressed',
    )
    .argument('<run>', 'folder of the run')
    .argument('<folder>', 'where it goes, such as results/2026-11-envoy-1.40')
    .action(async (from: string, folder: string) => {
      const to = resolve(folder);
      await publishRun(from, to);
      const { run, beside } = await readWhole(to);
      const judged = judgedRun(run, beside, await loadClaims());
      writeRunFile(to, judged);
      await writeReport(to, judged, beside);
      process.stdout.write(`report: ${relative('.', join(to, 'report.html'))}\n`);
    });
}
