import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawFlameGraph } from '../report/flame-graph/index.js';
import type { Attempt } from './attempt.js';
import type { ArmProfile, Profile } from './result.js';
import { foldedText } from './stacks.js';

/** The file that holds all numbers. */
export const profileFile = 'profile.json';

/** The files of an arm's stacks, by name. */
export function filesOf({ arm }: Attempt): NonNullable<ArmProfile['files']> {
  const name = `${arm.scenario}-${arm.variant.replaceAll(/[/+]/g, '-')}`;
  return { folded: `${name}.folded`, flameGraph: `${name}.svg` };
}

/** Writes an arm's stacks, and draws them. */
export async function writeStacks(dir: string, attempt: Attempt): Promise<void> {
  const stacks = attempt.processes.flatMap(({ stacks: { folded } }) => [...folded]);
  const { folded, flameGraph } = filesOf(attempt);
  writeFileSync(join(dir, folded), foldedText(stacks));
  writeFileSync(join(dir, flameGraph), await drawFlameGraph(attempt.arm.id, stacks));
}

/** Writes all numbers of a profile. */
export function writeProfile(dir: string, profile: Profile): void {
  writeFileSync(join(dir, profileFile), `${JSON.stringify(profile, null, 2)}\n`);
}
