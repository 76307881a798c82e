import { join, relative } from 'node:path';
import { terminalTable, writeReport } from '../../report/index.js';
import type { Run } from '../../results/schema/index.js';

const widestTable = 120;
const plainWidth = 80;

/** Writes the report, then shows what a user wants to see at the end: the run as JSON, or a table and where the report is. */
export async function reportRun(run: Run, dir: string, json: boolean): Promise<void> {
  await writeReport(dir, run);
  const { stdout } = process;
  if (json) {
    stdout.write(`${JSON.stringify({ dir, ...run }, null, 2)}\n`);
    return;
  }
  const width = Math.min(stdout.columns ?? plainWidth, widestTable);
  const colour = stdout.isTTY === true && !process.env.NO_COLOR;
  stdout.write(`${terminalTable(run, { width, colour })}\n`);
  stdout.write(`report: ${relative('.', join(dir, 'report.html'))}\n`);
}
