import { existsSync } from 'node:fs';
import { type Command, InvalidArgumentError, type Option } from 'commander';
import { configFileName, type FileFlag, readConfigFile } from '../../config-file/read.js';
import { FailedError } from '../../errors.js';
import { shellLine } from '../../report/format/text.js';

/** How the flags of a run came about. */
export interface Asked {
  /** The command with all flags in it, those of a file, too: it asks for the same wherever it is given. */
  readonly command: readonly string[];
  /** The file that some of them are from; null where there was none. */
  readonly configFile: string | null;
}

/**
 * Lets a command take flags from a file: the one in the current folder, or the one that is named. Flags that were given win. What came
 * of it is in the flags as `asked`.
 */
export function takesConfigFile(command: Command): Command {
  return command
    .option('--config <file>', `take flags from this file (default: ${configFileName}, where it is there)`)
    .option('--no-config', 'take flags from no file')
    .hook('preAction', async (_, action) => {
      const asked = await takeFlags(action, process.argv.slice(2));
      action.setOptionValueWithSource('asked', asked, 'implied');
    });
}

async function takeFlags(command: Command, given: readonly string[]): Promise<Asked> {
  const { config: named } = command.opts<{ config?: string | false }>();
  const path = chosenFile(named);
  if (path === null) return { command: given, configFile: null };
  const { flags, complain } = await readConfigFile(path);
  const taken = flags.filter((each) => each.for === 'all' || command.name() === 'bench');
  const words: string[] = [];
  for (const each of taken) {
    const option = optionOf(command, each.flag);
    if (command.getOptionValueSource(option.attributeName()) === 'cli') continue;
    try {
      command.setOptionValueWithSource(option.attributeName(), parsedBy(option, each), 'config');
    } catch (error) {
      if (!(error instanceof InvalidArgumentError)) throw error;
      throw complain(each.field, `${error.message} (${each.flag} overrides it)`);
    }
    words.push(...wordsOf(each));
  }
  // A file that gives nothing, as a new one does, is as good as none.
  if (words.length === 0 && named === undefined) return { command: given, configFile: null };
  if (words.length > 0) process.stderr.write(`flags from ${path}: ${shellLine(words)}\n`);
  return { command: wholeCommand(given, words), configFile: path };
}

function chosenFile(named: string | false | undefined): string | null {
  if (named === false) return null;
  return named ?? (existsSync(configFileName) ? configFileName : null);
}

function optionOf(command: Command, flag: string): Option {
  const option = command.options.find(({ long }) => long === flag);
  if (option) return option;
  throw new FailedError(`${command.name()} has no ${flag}`, 'this is a defect in filterbench');
}

/** What the flag's own parser makes of the texts. @throws InvalidArgumentError where it refuses one. */
function parsedBy({ parseArg }: Option, { texts }: FileFlag): unknown {
  if (texts.length === 0) return true;
  return texts.reduce<unknown>((before, text) => (parseArg ? parseArg(text, before) : text), undefined);
}

function wordsOf({ flag, texts }: FileFlag): string[] {
  return texts.length === 0 ? [flag] : texts.flatMap((text) => [flag, text]);
}

/**
 * A command as it was given, with the flags that a file added in place of the file.
 * @param given its words, the command's name first
 */
export function wholeCommand(given: readonly string[], added: readonly string[]): string[] {
  const isAboutFile = (word: string, before: string | undefined) =>
    before === '--config' || word === '--config' || word.startsWith('--config=');
  return [...given.filter((word, index) => !isAboutFile(word, given[index - 1])), ...added, '--no-config'];
}
