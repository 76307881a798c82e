import { Command, InvalidArgumentError, Option } from 'commander';
import { ExitCode, type ExitCodeValue } from '../errors.js';
import { comparisonLines, comparisonMarkdown } from '../report/compare/index.js';
import { compareRuns, type RunAt } from '../results/compare/index.js';
import type { RegressionLimit, RunComparison } from '../results/schema/index.js';
import { readWhole } from '../results/store/index.js';
import { suggest } from '../suggest.js';
import { withUnit } from './run/flags.js';
import { terminalWidth } from './terminal-width.js';

interface CompareFlags {
  failOn?: RegressionLimit;
  force: boolean;
  json: boolean;
  markdown: boolean;
}

const widestTable = 80;

/** `filterbench compare A B [C…]`: stored runs side by side, each against the first. */
export function compareCommand(exit: (code: ExitCodeValue) => void): Command {
  return new Command('compare')
    .description(
      'hold stored runs against the first of them: what got dearer, and what is no more than noise',
    )
    .argument('<first>', 'folder of the run that the others are held against')
    .argument('<others...>', 'folders of one run or more')
    .option(
      '--fail-on <regression>',
      'exit 1 where more CPU per request is called, beyond this: regression=5% of what the arm cost, or regression=2us',
      regressionLimit,
    )
    .option('--force', 'compare unlike runs all the same, and mark what comes out', false)
    .addOption(new Option('--json', 'print the comparison as JSON').default(false).conflicts('markdown'))
    .option('--markdown', 'print it as Markdown, for a pull request', false)
    .action(async (first: string, others: string[], flags: CompareFlags) =>
      exit(await compare([first, ...others], flags)),
    );
}

async function compare(dirs: readonly string[], flags: CompareFlags): Promise<ExitCodeValue> {
  const runs: RunAt[] = [];
  // One after another: the samples of a long run fill much of the memory until they are analysed.
  for (const dir of dirs) runs.push({ dir, run: (await readWhole(dir)).run });
  const comparison = compareRuns(runs, { force: flags.force, failOn: flags.failOn ?? null });
  process.stdout.write(textOf(comparison, runs, flags));
  return comparison.gate?.passed === false ? ExitCode.gateFailed : ExitCode.done;
}

function textOf(
  comparison: RunComparison,
  runs: readonly RunAt[],
  { json, markdown }: Pick<CompareFlags, 'json' | 'markdown'>,
): string {
  if (json) return `${JSON.stringify(comparison, null, 2)}\n`;
  if (markdown) return comparisonMarkdown(comparison, runs);
  const { stdout } = process;
  const colour = stdout.isTTY === true && !process.env.NO_COLOR;
  return `${comparisonLines(comparison, { width: terminalWidth(widestTable), colour }).join('\n')}\n`;
}

/**
 * `regression=5%` or `regression=2us`.
 * @throws InvalidArgumentError saying what is wrong, and what to write.
 */
export function regressionLimit(text: string): RegressionLimit {
  const help = 'write regression=5% (of what the arm cost before) or regression=2us.';
  const [word = '', value, ...more] = text.split('=');
  if (word !== 'regression')
    throw new InvalidArgumentError(`"${word}" is not known${suggest(word, ['regression'])}: ${help}`);
  if (value === undefined || more.length > 0) throw new InvalidArgumentError(help);
  if (value.endsWith('%')) return { share: withUnit(value, { '%': 0.01 }, help) };
  return { us: withUnit(value, { us: 1, µs: 1, ms: 1_000 }, help) };
}
