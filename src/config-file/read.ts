import { dirname, join, relative } from 'node:path';
import type { BadInputError } from '../errors.js';
import { openYamlFile } from '../yaml-file.js';
import { fields } from './fields.js';
import { type ConfigField, type ConfigFile, configFileSchema } from './schema.js';

/** What the file is called where nobody names another. */
export const configFileName = 'filterbench.config.yaml';

/** A field that a file sets, as a flag. */
export interface FileFlag {
  readonly field: ConfigField;
  readonly flag: string;
  readonly for: 'all' | 'bench';
  /** What the flag is given, once for each; empty for a flag without a value. */
  readonly texts: readonly string[];
}

/**
 * The flags that a file sets, in the order of a new file.
 * @returns them, and a way to complain about one with file and line.
 * @throws BadInputError naming file, line and field.
 */
export async function readConfigFile(path: string): Promise<{
  readonly flags: readonly FileFlag[];
  complain(field: ConfigField, message: string): BadInputError;
}> {
  // A file in which all is a comment holds nothing.
  const { value, complain } = await openYamlFile(path, configFileSchema.nullable());
  const base = dirname(relative('.', path));
  return {
    flags: value === null ? [] : flagsOf(value, base),
    complain: (field, message) => complain([field], message),
  };
}

function flagsOf(file: ConfigFile, base: string): FileFlag[] {
  return Object.entries(fields).flatMap(([name, about]) => {
    const field = name as ConfigField;
    const value = file[field];
    // A flag without a value is false where it is not given.
    if (value === undefined || value === false) return [];
    const { flag, for: commands, repeated = false, paths = false } = about;
    const values = value === true ? [] : [value].flat().map(String);
    const placed = values.map((text) => (paths ? fromHere(text, base, field) : text));
    const texts = repeated || value === true ? placed : [placed.join(',')];
    return [{ field, flag, for: commands, texts }];
  });
}

/** A path of the file as it is called from the current folder; a version stays one. */
function fromHere(text: string, base: string, field: ConfigField): string {
  if (base === '.' || text.startsWith('/')) return text;
  return field === 'envoy' && !text.includes('/') ? text : join(base, text);
}
