import { calibratedMechanisms } from '../../calibration/variants.js';
import { loadClaims } from '../../claims/load.js';
import { selectSubjects } from '../../compat/subjects.js';
import type { Values } from '../../completion/tree.js';
import { knownVersions, readLock } from '../../envoy/binary/index.js';
import { FilterbenchError } from '../../errors.js';
import { faults } from '../../faults/families/index.js';
import { mechanisms, variants } from '../../mechanisms/index.js';
import { probes } from '../../probes/list.js';
import { familyNames, scenarioNames } from '../../scenarios/load.js';

/**
 * What a flag of a command takes, or with null what its arguments may be.
 * @param command the way to it, such as `envoy fetch`
 */
export type NamesFor = (command: string, flag: string | null) => Values | null;

/** Everything that has a name, where commands and flags take it. */
export async function knownNames(): Promise<NamesFor> {
  const versions = knownVersions(readLock());
  const scenarios = [...new Set([...(await familyNames()), ...(await scenarioNames())])];
  const arms = [...mechanisms.map(({ name }) => name), ...variants.map(({ id }) => id)];
  const claims = (await loadClaims()).claims.map(({ id }) => id);
  const words: Readonly<Record<string, Values>> = {
    'envoy fetch': one(versions),
    report: { kind: 'folders' },
    history: { kind: 'folders' },
    // Any part of an id will do, and a colon would be a word's end in bash.
    faults: one(faults.flatMap(({ variant, name }) => [variant, name])),
    probes: one([...probes.flatMap(({ id, claims: asked }) => [id, ...asked])]),
    compat: one(await subjectIds()),
  };
  const flags: Readonly<Record<string, Values>> = {
    '--mechanisms': several(arms),
    'calibrate --mechanisms': several(calibratedMechanisms),
    '--scenarios': several(scenarios),
    '--only': several(claims),
    '--envoy': several(versions),
    '--variant': { kind: 'files' },
    '--config': { kind: 'files' },
    '--from': { kind: 'folders' },
    '--out': { kind: 'folders' },
  };
  return (command, flag) =>
    (flag === null ? words[command] : (flags[`${command} ${flag}`] ?? flags[flag])) ?? null;
}

function one(names: readonly string[]): Values {
  return { kind: 'names', names: [...new Set(names)].filter(isWord), comma: false };
}

function several(names: readonly string[]): Values {
  return { kind: 'names', names: [...new Set(names)].filter(isWord), comma: true };
}

// What a shell would take apart or change is left to be typed.
function isWord(name: string): boolean {
  return /^[\w./-]+$/.test(name);
}

/** None where a compiled file is missing, which only that command needs. */
async function subjectIds(): Promise<string[]> {
  try {
    return (await selectSubjects([])).tried.map(({ id }) => id);
  } catch (error) {
    if (error instanceof FilterbenchError) return [];
    throw error;
  }
}
