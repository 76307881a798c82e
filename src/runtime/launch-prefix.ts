import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/**
 * The command words in front of a program: its cores (taskset), and death with its parent (setpriv), where the system
 * has them (util-linux). Both replace themselves by the program, so that its pid is ours.
 */
export async function launchPrefix(cpus: readonly number[]): Promise<string[]> {
  const words: string[] = [];
  if (cpus.length > 0 && (await isOnPath('taskset'))) words.push('taskset', '-c', cpus.join(','));
  if (process.platform === 'linux' && (await isOnPath('setpriv')))
    words.push('setpriv', '--pdeathsig', 'KILL');
  return words;
}

/** Whether processes can be pinned to cores here. */
export function canPin(): Promise<boolean> {
  return isOnPath('taskset');
}

const known = new Map<string, Promise<boolean>>();

function isOnPath(command: string): Promise<boolean> {
  const answer = known.get(command) ?? search(command);
  known.set(command, answer);
  return answer;
}

async function search(command: string): Promise<boolean> {
  for (const dir of (process.env.PATH ?? '').split(delimiter)) {
    try {
      await access(join(dir, command), constants.X_OK);
      return true;
    } catch {
      // Not in this folder; the next one may have it.
    }
  }
  return false;
}
