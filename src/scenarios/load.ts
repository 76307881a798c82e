import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { BadInputError } from '../errors.js';
import { packagePaths } from '../paths.js';
import { suggest } from '../suggest.js';
import { loadFamily } from './load-family.js';
import type { Scenario } from './scenario.js';

export type { Rung, Scenario } from './scenario.js';

// Headers only, then bodies: first what is read, then what is changed.
const plainestFirst = [
  ...['noop', 'headers', 'access', 'lookup', 'jwt', 'chain'],
  ...['model-routing', 'inspect', 'json-rewrite', 'redact'],
];

/** Names of the scenario files, the plainest first; each stands for all scenarios of its series. */
export async function familyNames(dir: string = packagePaths.scenarios): Promise<string[]> {
  const files = await readdir(dir);
  return files
    .filter((file) => file.endsWith('.yaml') && file !== 'claims.yaml')
    .map((file) => basename(file, '.yaml'))
    .sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
}

function rank(name: string): number {
  const at = plainestFirst.indexOf(name);
  return at === -1 ? plainestFirst.length : at;
}

/**
 * Names of all scenarios, the plainest first, each value of a series by itself.
 * @throws BadInputError where a file is broken.
 */
export async function scenarioNames(dir: string = packagePaths.scenarios): Promise<string[]> {
  const scenarios = await loadScenarios(await familyNames(dir), dir);
  return scenarios.map(({ name }) => name);
}

/**
 * Loads scenarios by name, in the order of the names: a family's name stands for all of its series.
 * @throws BadInputError where a name is not known, with the nearest one, or where a file that is needed is broken.
 */
export async function loadScenarios(
  words: readonly string[],
  dir: string = packagePaths.scenarios,
): Promise<Scenario[]> {
  const families = await familyNames(dir);
  const loaded = new Map<string, Promise<Scenario[]>>();
  const load = (family: string) => {
    const loading = loaded.get(family) ?? loadFamily(join(dir, `${family}.yaml`));
    loaded.set(family, loading);
    return loading;
  };
  const chosen = new Map<string, Scenario>();
  for (const word of words) {
    const found = await lookUp(word, families, load);
    if (found.length === 0) throw await unknown(word, families, load);
    for (const scenario of found) chosen.set(scenario.name, scenario);
  }
  return [...chosen.values()];
}

type Load = (family: string) => Promise<Scenario[]>;

async function lookUp(word: string, families: readonly string[], load: Load): Promise<Scenario[]> {
  if (families.includes(word)) return load(word);
  // Only files that can hold it are read: a broken one elsewhere is none of its business.
  for (const family of families.filter((name) => word.startsWith(`${name}-`))) {
    const named = (await load(family)).filter(({ name }) => name === word);
    if (named.length > 0) return named;
  }
  return [];
}

async function unknown(word: string, families: readonly string[], load: Load): Promise<BadInputError> {
  const instances = await Promise.all(families.map((family) => load(family).catch(() => [])));
  const known = [...new Set([...families, ...instances.flat().map(({ name }) => name)])];
  return new BadInputError(
    `unknown scenario "${word}"${suggest(word, known)}`,
    `known: ${families.join(', ')}; "filterbench list" shows the values of series`,
  );
}
