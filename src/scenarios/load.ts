import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { BadInputError, FilterbenchError } from '../errors.js';
import { packagePaths } from '../paths.js';
import { suggest } from '../suggest.js';
import { fillTemplate } from '../template.js';
import { openYamlFile, type YamlFile } from '../yaml-file.js';
import { type ScenarioFile, scenarioSchema, type Table, tableSchema } from './schema.js';

/** A scenario with its tables read and its job filled in. */
export interface Scenario extends Omit<ScenarioFile, 'tables'> {
  readonly tables: Readonly<Record<string, Table>>;
}

/**
 * Reads one scenario file.
 * @throws BadInputError naming file, line and field.
 */
export async function loadScenario(path: string): Promise<Scenario> {
  const { value: file, complain } = await openYamlFile(path, scenarioSchema);
  const expected = basename(path, '.yaml');
  if (file.name !== expected)
    throw complain(['name'], `is "${file.name}", but the file is named "${expected}"`);
  const tables: Record<string, Table> = {};
  for (const [name, relative] of Object.entries(file.tables)) {
    tables[name] = await readTable(join(dirname(path), relative), path, name);
  }
  checkPicks(file, tables, complain);
  return { ...file, job: fillJob(file, tables, complain), tables };
}

/** Names of the scenarios that are shipped, in their order of size: the plainest first. */
export async function scenarioNames(dir: string = packagePaths.scenarios): Promise<string[]> {
  const files = await readdir(dir);
  const order = ['noop', 'headers', 'access'];
  return files
    .filter((file) => file.endsWith('.yaml') && file !== 'claims.yaml')
    .map((file) => basename(file, '.yaml'))
    .sort((a, b) => rank(order, a) - rank(order, b) || a.localeCompare(b));
}

/**
 * Loads scenarios by name.
 * @throws BadInputError where a name is not known, with the nearest one.
 */
export async function loadScenarios(
  names: readonly string[],
  dir: string = packagePaths.scenarios,
): Promise<Scenario[]> {
  const known = await scenarioNames(dir);
  for (const name of names) {
    if (!known.includes(name)) {
      throw new BadInputError(
        `unknown scenario "${name}"${suggest(name, known)}`,
        `known: ${known.join(', ')}`,
      );
    }
  }
  return Promise.all([...new Set(names)].map((name) => loadScenario(join(dir, `${name}.yaml`))));
}

async function readTable(path: string, scenario: string, name: string): Promise<Table> {
  try {
    return tableSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    throw new BadInputError(
      `${scenario}: tables.${name}: ${path} is not a readable JSON object of texts`,
      'mend the file or its path',
      error,
    );
  }
}

type Complain = YamlFile<ScenarioFile>['complain'];

function checkPicks(file: ScenarioFile, tables: Readonly<Record<string, Table>>, complain: Complain): void {
  for (const [index, { request }] of file.load.entries()) {
    for (const [header, value] of Object.entries(request.headers)) {
      if (typeof value === 'string' || Object.hasOwn(tables, value.pick)) continue;
      const known = Object.keys(tables).join(', ') || 'none is declared';
      const field = ['load', index, 'request', 'headers', header];
      throw complain(field, `there is no table "${value.pick}"; known: ${known}`);
    }
  }
}

function fillJob(
  file: ScenarioFile,
  tables: Readonly<Record<string, Table>>,
  complain: Complain,
): Scenario['job'] {
  try {
    return scenarioSchema.shape.job.parse(fillTemplate(file.job, tables));
  } catch (error) {
    if (error instanceof FilterbenchError) throw complain(['job'], `${error.message}; ${error.next}`);
    throw error;
  }
}

function rank(order: readonly string[], name: string): number {
  const at = order.indexOf(name);
  return at === -1 ? order.length : at;
}
