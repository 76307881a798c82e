import { Command } from 'commander';
import { bashScript } from '../../completion/bash.js';
import { fishScript } from '../../completion/fish.js';
import { zshScript } from '../../completion/zsh.js';
import { choiceArgument } from '../choice-option.js';
import { commandTree } from './command-tree.js';
import { knownNames } from './known-names.js';

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;
type Shell = keyof typeof scripts;

/** `filterbench completion SHELL`. */
export function completionCommand(): Command {
  const command = new Command('completion')
    .description('print a script by which a shell completes commands, flags and names')
    .addArgument(choiceArgument('<shell>', 'whose script: bash, zsh or fish', Object.keys(scripts)))
    .action(async (shell: Shell) => {
      const tree = commandTree(rootOf(command), await knownNames());
      process.stdout.write(scripts[shell](tree));
    });
  return command;
}

function rootOf(command: Command): Command {
  return command.parent === null ? command : rootOf(command.parent);
}
