import type { Command, Option } from 'commander';
import type { Flag, Node, Values } from '../../completion/tree.js';
import type { NamesFor } from './known-names.js';

/** What can be completed of a command and all below it, from commander's own account of them. */
export function commandTree(command: Command, names: NamesFor, way: readonly string[] = []): Node {
  const help = command.createHelp();
  return {
    name: command.name(),
    about: plain(command.description()),
    flags: help.visibleOptions(command).flatMap((option) => flagOf(option, way.join(' '), names)),
    words: wordsOf(command, way.join(' '), names),
    commands: help
      .visibleCommands(command)
      // Commander's own `help` has no flags to complete.
      .filter((below) => command.commands.includes(below))
      .map((below) => commandTree(below, names, [...way, below.name()])),
  };
}

function flagOf(option: Option, command: string, names: NamesFor): Flag[] {
  const { long, description, argChoices, required, optional, variadic } = option;
  if (!long) return [];
  const takes = required || optional;
  const known: Values = argChoices
    ? { kind: 'names', names: argChoices, comma: false }
    : (names(command, long) ?? { kind: variadic ? 'files' : 'free' });
  return [{ name: long, about: plain(description), values: takes ? known : null }];
}

function wordsOf(command: Command, way: string, names: NamesFor): Values | null {
  const [first] = command.registeredArguments;
  if (!first) return null;
  if (first.argChoices) return { kind: 'names', names: first.argChoices, comma: false };
  return names(way, null);
}

function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
