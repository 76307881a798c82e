import { relative, resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { ExitCode, type ExitCodeValue } from '../../errors.js';
import { historyLines, writeHistory } from '../../report/history/index.js';
import type { RunAt } from '../../results/compare/index.js';
import { historyOf } from '../../results/history/index.js';
import type { History, LeftOut } from '../../results/schema/index.js';
import { findRunFolders, readNumbers } from '../../results/store/index.js';
import { list, natural } from '../run/flags.js';
import { terminalWidth } from '../terminal-width.js';
import { knownFiles } from './known-files.js';

interface HistoryFlags {
  out?: string;
  scenarios: string[];
  mechanisms: string[];
  since?: Date;
  last?: number;
  strict: boolean;
  json: boolean;
}

const widestTable = 80;
const defaultFolder = 'results';
const defaultOut = 'results/history';

/** `filterbench history [FOLDER…]`: many stored runs over time. */
export function historyCommand(exit: (code: ExitCodeValue) => void): Command {
  return new Command('history')
    .description('stored runs over time: what each arm cost in each, and where it surely changed')
    .argument('[folders...]', 'folders of runs, and folders that hold some', [defaultFolder])
    .option(
      '--out <dir|file>',
      `folder for history.html and history.md, or a file.html (default: ${defaultOut})`,
    )
    .option('--scenarios <names>', 'only these, by comma; a family stands for all of its sizes', list, [])
    .option('--mechanisms <names>', 'only these mechanisms or variants, by comma', list, [])
    .option('--since <date>', 'no run that began before, such as 2026-03-01', date)
    .option('--last <number>', 'only so many of the newest runs', positive)
    .option('--strict', 'exit 1 where a run.json cannot be read', false)
    .option('--json', 'print the history as JSON; the page is written where --out names a place', false)
    .action(async (folders: string[], flags: HistoryFlags) => exit(await history(folders, flags)));
}

async function history(folders: readonly string[], flags: HistoryFlags): Promise<ExitCodeValue> {
  const { runs, unread } = await readAll(await findRunFolders(folders));
  const versions = new Set(runs.flatMap(({ run }) => run.envoys.map(({ version }) => version)));
  const found = historyOf(runs, unread, {
    ...{ scenarios: flags.scenarios, mechanisms: flags.mechanisms },
    since: flags.since ?? null,
    last: flags.last ?? null,
    knownFiles: await knownFiles([...versions]),
  });
  const isWritten = flags.out !== undefined || !flags.json;
  const page = isWritten ? await writeHistory(flags.out ?? defaultOut, found) : null;
  print(found, page, flags.json);
  return flags.strict && unread.length > 0 ? ExitCode.gateFailed : ExitCode.done;
}

async function readAll(dirs: readonly string[]): Promise<{ runs: RunAt[]; unread: LeftOut[] }> {
  const runs: RunAt[] = [];
  const unread: LeftOut[] = [];
  for (const dir of dirs) {
    const read = await readNumbers(dir);
    if ('kind' in read) unread.push(read);
    else runs.push({ dir, run: read });
  }
  return { runs, unread };
}

function print(found: History, page: string | null, json: boolean): void {
  const { stdout } = process;
  if (json) {
    stdout.write(`${JSON.stringify(found, null, 2)}\n`);
    return;
  }
  const colour = stdout.isTTY === true && !process.env.NO_COLOR;
  const lines = historyLines(found, { width: terminalWidth(widestTable), colour });
  const where = page === null ? [] : ['', `history: ${relative('.', resolve(page))}`];
  stdout.write(`${[...lines, ...where].join('\n')}\n`);
}

/** @throws InvalidArgumentError where the text is no date. */
export function date(text: string): Date {
  const value = new Date(text);
  if (!/^\d{4}-\d{2}-\d{2}/.test(text) || Number.isNaN(value.getTime()))
    throw new InvalidArgumentError('write a date such as 2026-03-01.');
  return value;
}

function positive(text: string): number {
  const value = natural(text);
  if (value === 0) throw new InvalidArgumentError('a whole number from 1 is needed.');
  return value;
}
