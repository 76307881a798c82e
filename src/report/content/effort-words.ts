import type { EvidenceOf } from '../../results/schema/index.js';
import { absent, significant } from '../format/number.js';
import { oneLine } from '../format/text.js';

type Effort = EvidenceOf<'effort'>;

/** What the columns mean. */
export const effortKey =
  'Lines are lines of code: neither blank nor comment alone, without tests. Shell: what the mechanism asks for, whatever the job. ' +
  'Job: what the work of its jobs takes; variants in one language share it, and it grows with the number of jobs that it does; ' +
  'that of C++ built-ins is YAML. ' +
  'Configuration: what Envoy is told for one job, changing headers. The build is a clean one, with all downloads at hand.';

/** `540`: KiB of what is shipped compiled. */
export function artefactSize({ artefact }: Effort): string {
  return artefact === null ? absent : significant(artefact.bytes / 1_024, 1);
}

/** `64.2`: seconds of a clean build. */
export function buildTime({ build }: Effort): string {
  return build === null ? absent : significant(build.seconds, 1);
}

/** Why variants have no time of a build, those with one reason together. */
export function noBuildNotes(evidence: readonly Effort[]): string[] {
  const groups = new Map<string, string[]>();
  for (const { variant, noBuild } of evidence) {
    if (noBuild !== null) groups.set(noBuild, [...(groups.get(noBuild) ?? []), variant]);
  }
  return [...groups].map(([why, variants]) => `No build of ${variants.join(', ')}: ${oneLine(why)}.`);
}
