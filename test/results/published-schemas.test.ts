import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { packagePaths } from '../../src/paths.js';
import { publishedSchemas } from '../../src/results/schema/publish.js';

it.each(Object.entries(publishedSchemas()))('results/schema/%s is what the code says', (name, text) => {
  // Stale? `npm run schemas` writes them again.
  expect(readFileSync(join(packagePaths.root, 'results', 'schema', name), 'utf8')).toBe(text);
});
