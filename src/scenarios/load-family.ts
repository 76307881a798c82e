import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { BadInputError, FilterbenchError } from '../errors.js';
import { fillTemplate } from '../template.js';
import { openYamlFile, type YamlFile } from '../yaml-file.js';
import { checkBodies } from './check.js';
import { expandSeries } from './expand.js';
import { linkTemplate, type Scenario } from './scenario.js';
import { type ScenarioFile, scenarioSchema, type Table, tableSchema } from './schema.js';

/**
 * Reads one scenario file: a scenario for each value of its series, or just one.
 * @throws BadInputError naming file, line and field.
 */
export async function loadFamily(path: string): Promise<Scenario[]> {
  const { value: file, complain } = await openYamlFile(path, scenarioSchema);
  const expected = basename(path, '.yaml');
  if (file.name !== expected)
    throw complain(['name'], `is "${file.name}", but the file is named "${expected}"`);
  const tables: Record<string, Table> = {};
  for (const [name, relative] of Object.entries(file.tables)) {
    tables[name] = await readTable(join(dirname(path), relative), path, name);
  }
  checkPicks(file, tables, complain);
  const filled = { ...file, job: fillJob(file, tables, complain), tables };
  checkBodies(filled, complain);
  return expandSeries(filled);
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
  // A filter's place in its row is put in where its configuration is written.
  const link = file.series?.quantity === 'filters' ? { link: linkTemplate } : {};
  try {
    return scenarioSchema.shape.job.parse(fillTemplate(file.job, { ...tables, ...link }));
  } catch (error) {
    if (error instanceof FilterbenchError) throw complain(['job'], `${error.message}; ${error.next}`);
    throw error;
  }
}
