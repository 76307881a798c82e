import { distance } from 'fastest-levenshtein';
import type { EnvoyLock } from './lock.js';

/** The Envoy that is used when none is asked for. */
export const DEFAULT_ENVOY_VERSION = '1.40.0';

/** One of each line, the last that was built whole: 1.38.3 has no Wasm. */
export const COMPARED_ENVOY_VERSIONS: readonly string[] = ['1.36.4', '1.37.0', '1.38.2', '1.39.3', '1.40.0'];

/** `1.40.0` of `1.40.0` or `v1.40.0`; undefined if it is no exact version. */
export function exactVersion(request: string): string | undefined {
  return /^v?(\d+\.\d+\.\d+)$/.exec(request)?.[1];
}

/** The versions in the lock, oldest first. */
export function knownVersions(lock: EnvoyLock): string[] {
  return Object.keys(lock.versions).sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}

/** Up to two known versions that were probably meant: the same minor line first, else a slip of the keys. */
export function suggestVersions(request: string, known: readonly string[]): string[] {
  const asked = request.replace(/^v/, '');
  const minor = asked.split('.').slice(0, 2).join('.');
  const near = known
    .map((version) => ({
      version,
      sameLine: version.startsWith(`${minor}.`),
      edits: distance(asked, version),
    }))
    .filter(({ sameLine, edits }) => sameLine || edits <= 1)
    .sort((a, b) => Number(b.sameLine) - Number(a.sameLine) || a.edits - b.edits);
  return near.slice(0, 2).map(({ version }) => version);
}

/** `; did you mean 1.39.0 or 1.39.3?` and a line of the known versions, for the end of a message. */
export function didYouMean(request: string, known: readonly string[]): string {
  const near = suggestVersions(request, known);
  const question = near.length > 0 ? `; did you mean ${near.join(' or ')}?` : '';
  return `${question}\nKnown versions: ${known.join(', ')}`;
}
