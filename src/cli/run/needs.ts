import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import { MissingError } from '../../errors.js';
import type { Job, Variant } from '../../mechanisms/index.js';
import { prebuilt } from '../../mechanisms/prebuilt.js';
import { packagePaths } from '../../paths.js';
import type { Scenario } from '../../scenarios/load.js';

/** Every compiled file that a run of these scenarios and variants may use, and what users' own variants are made of. */
export function artefactsOf(
  { scenarios, variants }: { scenarios: readonly Scenario[]; variants: readonly Variant[] },
  envoyVersion: string,
): string[] {
  const ofArms = scenarios.flatMap((scenario) =>
    variants.flatMap((variant) => [
      ...neededBy(variant, { scenario, envoyVersion }),
      ...(variant.definition === undefined ? [] : [variant.definition]),
    ]),
  );
  return [prebuilt.upstream, ...ofArms];
}

/** @throws MissingError where the upstream that proofs need is not built for this platform. */
export function requireUpstream(): void {
  if (existsSync(prebuilt.upstream)) return;
  throw new MissingError(
    `${relative(packagePaths.root, prebuilt.upstream)} is not there: no proof can run on this platform`,
    'run "filterbench filters build", which needs Rust',
  );
}

/** The first compiled file of a variant that is not there; undefined where all are. */
export function missingFile(variant: Variant, job: Job): string | undefined {
  const missing = neededBy(variant, job).find((path) => !existsSync(path));
  return missing === undefined ? undefined : relative(packagePaths.root, missing);
}

function neededBy(variant: Variant, job: Job): string[] {
  return [...variant.artefacts(job), ...(variant.server ? [variant.server.program] : [])];
}
