import { BadInputError } from '../../../errors.js';

/** What is read from the disk, and the newest version of each that is known here. */
const newest: ReadonlyMap<string, number> = new Map([
  ['run', 1],
  ['sample', 1],
  ['evidence', 1],
  ['compat', 1],
]);

/** @throws BadInputError where a stored schema is of a newer filterbench, or of none. */
export function requireKnownSchema(schema: string, where: string): void {
  const [, name = '', version] = /^filterbench\/([a-z]+)@(\d+)$/.exec(schema) ?? [];
  const known = newest.get(name);
  if (known !== undefined && Number(version) === known) return;
  if (known !== undefined && Number(version) > known) {
    throw new BadInputError(
      `${where}: written by a newer filterbench: ${schema}, and this one knows ${name}@${known}`,
      'update filterbench, or read the run with the one that wrote it',
    );
  }
  throw new BadInputError(
    `${where}: schema: ${JSON.stringify(schema.slice(0, 80))} is none that filterbench stores`,
    'give the folder of a run, as filterbench wrote it',
  );
}
