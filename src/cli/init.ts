import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { newConfigFile } from '../config-file/new-file.js';
import { configFileName } from '../config-file/read.js';
import { BadInputError } from '../errors.js';

/** `filterbench init`: a file of flags for the current folder. */
export function initCommand(): Command {
  return new Command('init')
    .description(`write ${configFileName}, which holds flags for this folder; as written it changes nothing`)
    .option('--force', 'overwrite the one that is there', false)
    .action(({ force }: { force: boolean }) => {
      write(force);
      process.stdout.write(`${configFileName} is written: take the # away from what you want to set\n`);
    });
}

function write(force: boolean): void {
  try {
    writeFileSync(configFileName, newConfigFile(), { flag: force ? 'w' : 'wx' });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw code === 'EEXIST'
      ? new BadInputError(`${configFileName} is there already`, 'add --force to overwrite it')
      : new BadInputError(`${configFileName} cannot be written: ${message}`, 'go to a folder of your own');
  }
}
