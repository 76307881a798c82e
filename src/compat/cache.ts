import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { compatCacheDir, ensurePrivateDir } from '../envoy/binary/index.js';
import { compatCellSchema, evidenceSchema } from '../results/schema/index.js';

/** What was found out of one subject on one Envoy. */
const foundSchema = z.strictObject({
  schema: z.literal('filterbench/compat-cell@1'),
  cell: compatCellSchema,
  evidence: z.array(evidenceSchema),
});
export type Found = z.infer<typeof foundSchema>;

/** Outcomes by key, kept from one command to the next. */
export interface CompatCache {
  /** Undefined where nothing is kept under the key, or it cannot be read. */
  look(key: string): Found | undefined;
  keep(found: Found): void;
  forget(key: string): void;
}

/** @throws BadInputError where the folder cannot be made, or others could change it. */
export async function openCache(dir: string = compatCacheDir()): Promise<CompatCache> {
  await ensurePrivateDir(dir);
  const fileOf = (key: string) => join(dir, `${key}.json`);
  return {
    look(key) {
      try {
        const found = foundSchema.parse(JSON.parse(readFileSync(fileOf(key), 'utf8')));
        return found.cell.key === key ? found : undefined;
      } catch {
        return undefined;
      }
    },
    keep(found) {
      // At once in its place: nobody reads half of it.
      const temporary = join(dir, `.${found.cell.key}.${process.pid}`);
      writeFileSync(temporary, JSON.stringify(found), { mode: 0o600 });
      renameSync(temporary, fileOf(found.cell.key));
    },
    forget: (key) => rmSync(fileOf(key), { force: true }),
  };
}
