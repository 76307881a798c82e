import { z } from 'zod';
import { compatSchema } from './compat.js';
import { evidenceSchema } from './evidence.js';
import { historySchema } from './history.js';
import { runSchema } from './run.js';
import { runComparisonSchema } from './run-comparison.js';
import { sampleShape } from './sample.js';

/** The published JSON Schemas of the data files, by file name: results/schema holds these texts. */
export function publishedSchemas(): Record<string, string> {
  const schemas = {
    run: runSchema,
    sample: sampleShape,
    evidence: evidenceSchema,
    compat: compatSchema,
    compare: runComparisonSchema,
    history: historySchema,
  };
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => {
      const json = z.toJSONSchema(schema, { target: 'draft-2020-12', reused: 'ref' });
      return [
        `${name}.schema.json`,
        `${JSON.stringify({ title: `filterbench ${name}`, ...json }, null, 2)}\n`,
      ];
    }),
  );
}
