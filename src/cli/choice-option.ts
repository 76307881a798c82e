import { Argument, InvalidArgumentError, Option } from 'commander';
import { suggest } from '../suggest.js';

/** A flag that takes one of a few words, and names the nearest where it is given another. */
export function choiceOption(flags: string, description: string, choices: readonly string[]): Option {
  // The parser comes last: choices() sets one of its own, which names no nearest.
  return new Option(flags, description).choices(choices).argParser((word: string) => oneOf(word, choices));
}

/** As `choiceOption`, for a word without a flag. */
export function choiceArgument(name: string, description: string, choices: readonly string[]): Argument {
  return new Argument(name, description).choices(choices).argParser((word: string) => oneOf(word, choices));
}

function oneOf(word: string, choices: readonly string[]): string {
  if (choices.includes(word)) return word;
  throw new InvalidArgumentError(`Allowed choices are ${choices.join(', ')}${suggest(word, choices)}.`);
}
