import { join, relative } from 'node:path';
import type { Run } from '../../results/schema/index.js';

/** Prints what a user wants to see at the end: the run as JSON, or a table and where the report is. */
export async function printOutcome(run: Run, dir: string, json: boolean): Promise<void> {
  if (json) {
    process.stdout.write(`${JSON.stringify({ dir, ...run }, null, 2)}\n`);
    return;
  }
  for (const arm of run.arms) {
    const cost = arm.overhead ? `${arm.overhead.totalCpuUs.estimate.toFixed(2)} us` : '';
    process.stdout.write(`${arm.id.padEnd(46)} ${arm.status.padEnd(12)} ${cost} ${arm.reason ?? ''}\n`);
  }
  process.stdout.write(`report: ${relative('.', join(dir, 'report.html'))}\n`);
}
