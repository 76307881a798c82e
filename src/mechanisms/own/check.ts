import { accessSync, constants, statSync } from 'node:fs';
import { suggest } from '../../suggest.js';
import { namesUsed } from '../../template.js';
import type { YamlFile } from '../../yaml-file.js';
import { type OwnPaths, ownNames } from './paths.js';
import type { OwnVariantFile } from './schema.js';

type Complain = YamlFile<OwnVariantFile>['complain'];

// What the shared configuration and we ourselves give names to.
const takenNames = [
  ...['job', 'server', 'link', 'listen', 'admin', 'listener', 'echo', 'upstream', 'runtime_flags'],
  ...['load_routes', 'upstream_clusters', 'http_filters', 'clusters', 'virtual_host'],
];

/**
 * What a schema cannot say of a user's filter: that its names are known, and that its files are there.
 * @throws BadInputError naming file, line and field.
 */
export function checkOwnVariant(
  file: OwnVariantFile,
  paths: OwnPaths,
  families: readonly string[],
  complain: Complain,
): void {
  for (const [index, name] of file.scenarios.entries()) {
    if (families.includes(name)) continue;
    const message = `unknown scenario "${name}"${suggest(name, families)}; known: ${families.join(', ')}`;
    throw complain(['scenarios', index], message);
  }
  checkReads(paths, complain);
  checkEnv(file, complain);
  checkNames(file, paths, complain);
  if (paths.program !== null) checkProgram(paths.program, complain);
}

function checkReads({ reads }: OwnPaths, complain: Complain): void {
  for (const { name, path } of reads) {
    if (!/^[a-zA-Z]\w*$/.test(name))
      throw complain(['reads', name], 'a name begins with a letter, and has letters, digits and _');
    if (takenNames.includes(name))
      throw complain(['reads', name], `the name "${name}" is taken; choose another`);
    if (!isFile(path)) throw complain(['reads', name], `${path} is not there, or is no file`);
  }
}

function checkEnv({ env }: OwnVariantFile, complain: Complain): void {
  for (const name of Object.keys(env)) {
    if (!/^[A-Za-z_]\w*$/.test(name)) throw complain(['env', name], 'is no name of an environment variable');
    if (name.startsWith('FILTERBENCH_')) throw complain(['env', name], 'is set by filterbench itself');
  }
}

function checkNames(file: OwnVariantFile, { reads }: OwnPaths, complain: Complain): void {
  const own = ownNames(reads);
  const parts = [
    {
      field: 'config',
      value: file.config,
      known: ['job', 'link', ...(file.process ? ['server'] : []), ...own],
    },
    { field: 'env', value: file.env, known: own },
    { field: 'process', value: file.process?.args ?? [], known: ['listen', 'job', ...own], under: ['args'] },
  ];
  for (const { field, value, known, under = [] } of parts) {
    for (const used of namesUsed(value)) {
      if (known.includes(used.name)) continue;
      const lacking = used.name === 'server' && field === 'config' ? ', as there is no process' : '';
      const near = lacking === '' ? suggest(used.name, known) : lacking;
      const message = `nothing is known under "${used.name}" here${near}; known: ${known.join(', ') || 'none'}`;
      throw complain([field, ...under, ...used.field], message);
    }
  }
}

function checkProgram(path: string, complain: Complain): void {
  const field = ['process', 'program'];
  if (!isFile(path)) throw complain(field, `${path} is not there, or is no file`);
  try {
    accessSync(path, constants.X_OK);
  } catch {
    throw complain(field, `${path} may not be executed; chmod +x lets it`);
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
