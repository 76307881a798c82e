import { type Check, missing, ok } from '../check.js';

// As package.json has it in "engines".
const least = [20, 19] as const;

/** Whether this Node is new enough. */
export const node: Check = {
  name: 'node',
  neededBy: ['native', 'docker'],
  async look() {
    return nodeFound(process.versions.node);
  },
};

/** What a version of Node means. */
export function nodeFound(version: string) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isNew = major > least[0] || (major === least[0] && minor >= least[1]);
  if (isNew) return ok(`Node ${version}`);
  return missing(`Node ${version} is too old`, `install Node ${least.join('.')} or later`);
}
