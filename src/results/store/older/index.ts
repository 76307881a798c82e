import { requireKnownSchema } from './known-schema.js';
import { presentRun } from './run.js';
import { presentSample } from './sample.js';

const upgrades: Readonly<Record<string, (stored: Stored) => Stored>> = {
  'filterbench/run@1': presentRun,
  'filterbench/sample@1': presentSample,
};

type Stored = Readonly<Record<string, unknown>>;

/**
 * What was stored, in the shape that is validated now. Within one version of a schema fields were added: what an older filterbench did not
 * look at is null or empty, as it is where this one could not. Anything else is left as it is, for the schema to judge.
 * @param where the file, with the line where it has several
 * @throws BadInputError where a newer filterbench wrote it, or none.
 */
export function presentShape(stored: unknown, where: string): unknown {
  if (typeof stored !== 'object' || stored === null || !('schema' in stored)) return stored;
  const { schema } = stored;
  if (typeof schema !== 'string') return stored;
  requireKnownSchema(schema, where);
  return upgrades[schema]?.({ ...stored }) ?? stored;
}
