import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { BadInputError } from '../../errors.js';
import { processStartTicks } from '../../runtime/process-identity.js';

const ownerFile = '.running.json';
const ownerSchema = z.object({ pid: z.int(), startTicks: z.string() });

/**
 * Makes this process the only one that writes to a run folder; disposing gives it free. A process that was killed owns nothing.
 * @throws BadInputError where another one that is alive writes to it, or nobody can.
 */
export function ownRunFolder(dir: string): Disposable {
  requireNoOwner(dir);
  const path = join(dir, ownerFile);
  rmSync(path, { force: true });
  const own = { pid: process.pid, startTicks: processStartTicks(process.pid) ?? '' };
  try {
    writeFileSync(path, JSON.stringify(own), { flag: 'wx' });
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new BadInputError(`${dir} cannot be written: ${problem}`, 'see whose it is', error);
  }
  return { [Symbol.dispose]: () => rmSync(path, { force: true }) };
}

/** @throws BadInputError where a process that is alive writes to a run folder. */
export function requireNoOwner(dir: string): void {
  const owner = ownerOf(join(dir, ownerFile));
  if (owner === null || processStartTicks(owner.pid) !== owner.startTicks) return;
  throw new BadInputError(
    `${dir} is being written by process ${owner.pid}`,
    `wait until it has ended, or end it: kill -INT ${owner.pid}`,
  );
}

function ownerOf(path: string): z.infer<typeof ownerSchema> | null {
  try {
    return ownerSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return null;
  }
}
