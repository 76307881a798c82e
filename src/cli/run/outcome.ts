import { join, relative } from 'node:path';
import { ExitCode, type ExitCodeValue } from '../../errors.js';
import { type Beside, nothingBeside, terminalTable, writeReport } from '../../report/index.js';
import type { Run } from '../../results/schema/index.js';
import { terminalWidth } from '../terminal-width.js';

const widestTable = 120;

/** Writes the report, then shows what a user wants to see at the end: the run as JSON, or a table and where the report is. */
export async function reportRun(
  run: Run,
  dir: string,
  json: boolean,
  beside: Beside = nothingBeside,
  isStatic = false,
): Promise<void> {
  await writeReport(dir, run, beside, { isStatic });
  const { stdout } = process;
  if (json) {
    stdout.write(`${JSON.stringify({ dir, ...run }, null, 2)}\n`);
    return;
  }
  const width = terminalWidth(widestTable);
  const colour = stdout.isTTY === true && !process.env.NO_COLOR;
  stdout.write(`${terminalTable(run, { width, colour })}\n`);
  stdout.write(`report: ${relative('.', join(dir, 'report.html'))}\n`);
}

/** What a run's command exits with: an invalid arm is a failed gate, and with `--strict` so is every warning. */
export function exitCodeOf(run: Run, { strict }: { readonly strict: boolean }): ExitCodeValue {
  if (run.status === 'interrupted') return ExitCode.interrupted;
  const measured = run.arms.filter((arm) => arm.class !== 'baseline');
  const well =
    (measured.length === 0 || measured.some(({ status }) => status === 'valid')) &&
    run.arms.every(({ status }) => status !== 'invalid');
  return well && !(strict && run.warnings.length > 0) ? ExitCode.done : ExitCode.gateFailed;
}
