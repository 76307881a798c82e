import { createRequire } from 'node:module';
import { z } from 'zod';

/** The version of the load generator's library: another one may drive another load. */
export function autocannonVersion(): string {
  const manifest: unknown = createRequire(import.meta.url)('autocannon/package.json');
  return z.object({ version: z.string() }).parse(manifest).version;
}
