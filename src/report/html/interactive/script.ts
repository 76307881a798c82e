import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { FailedError } from '../../../errors.js';
import { packagePaths } from '../../../paths.js';

/** The one script of a page, with the libraries that draw its charts. */
export interface PageScript {
  readonly text: string;
  /** Its SHA-256 in Base64, by which a page's policy lets it run and nothing else. */
  readonly sha256: string;
}

/** A text as a page's script; tests have smaller ones. */
export function pageScript(text: string): PageScript {
  return { text, sha256: createHash('sha256').update(text).digest('base64') };
}

/**
 * The script that `npm run build` bundled from `browser/` and what it needs.
 * @throws FailedError where it is not built
 */
export async function readPageScript(): Promise<PageScript> {
  const path = packagePaths.pageScript;
  try {
    return pageScript(await readFile(path, 'utf8'));
  } catch (error) {
    throw new FailedError(`the script of report.html cannot be read: ${path}`, 'npm run build', error);
  }
}
