import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { packagePaths } from './paths.js';

/** This package's version. */
export function packageVersion(): string {
  const text = readFileSync(join(packagePaths.root, 'package.json'), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}
