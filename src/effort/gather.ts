import { relative, sep } from 'node:path';
import { fragmentPath } from '../envoy/config.js';
import { FailedError } from '../errors.js';
import { artefacts } from '../filters/artefacts.js';
import type { Manifest } from '../filters/manifest.js';
import { type Variant, variants } from '../mechanisms/index.js';
import { prebuilt } from '../mechanisms/prebuilt.js';
import { packagePaths } from '../paths.js';
import type { EvidenceOf } from '../results/schema/index.js';
import type { Scenario } from '../scenarios/load.js';
import type { BuildOutcome, BuildTimer } from './build-time.js';
import { linesOf } from './counted-files.js';
import type { VariantSources } from './sources.js';

export type EffortEvidence = EvidenceOf<'effort'>;

/** What the effort of a variant is told from. */
export interface EffortParts {
  /** Artefacts differ between versions. */
  readonly envoyVersion: string;
  /** All that there are: which of them a variant does. */
  readonly scenarios: readonly Scenario[];
  readonly manifest: Manifest;
  /** Null where nothing is to be built. */
  readonly timer: BuildTimer | null;
}

/** The job whose configuration is counted: every mechanism does it but those that are shown no response. */
const configuredJob = 'headers';

/**
 * What one variant takes to develop; a build that fails is told in it.
 * @throws FailedError where its sources are not there, InterruptedError.
 */
export async function effortOf(sources: VariantSources, parts: EffortParts): Promise<EffortEvidence> {
  const variant = variantOf(sources);
  const { envoyVersion, scenarios } = parts;
  const done = scenarios.filter(
    (scenario) => variant.support({ scenario, envoyVersion }).status === 'supported',
  );
  const path = artefactPathOf(variant, parts);
  const built = await outcomeOf(path, parts.timer);
  const config = relative(packagePaths.root, fragmentPath(variant.config, configuredJob));
  return {
    schema: 'filterbench/evidence@1',
    kind: 'effort',
    arm: `effort/${variant.id}@${envoyVersion}`,
    restart: null,
    passed: !('problem' in built),
    problem: 'problem' in built ? built.problem : null,
    mechanism: variant.mechanism,
    variant: variant.id,
    envoy: envoyVersion,
    shell: linesOf(sources.shell),
    job: linesOf(sources.job),
    configuration: linesOf({ paths: [config.split(sep).join('/')] }),
    jobs: [...new Set(done.map(({ family }) => family))],
    artefact: shippedAs(path, parts.manifest),
    build: 'build' in built ? built.build : null,
    noBuild: 'noBuild' in built ? built.noBuild : null,
  };
}

function variantOf({ variant: id }: VariantSources): Variant {
  const found = variants.find((each) => each.id === id);
  if (found) return found;
  throw new FailedError(`no variant is called ${id}`, 'mend src/effort/sources.ts');
}

/** What Envoy loads or asks, as a path below filters/prebuilt; null where nothing is compiled for it. */
function artefactPathOf(variant: Variant, { envoyVersion, scenarios }: EffortParts): string | null {
  const [scenario] = scenarios;
  const loaded = scenario ? variant.artefacts({ scenario, envoyVersion })[0] : undefined;
  const file = loaded ?? variant.server?.program;
  if (file === undefined) return null;
  const path = relative(prebuilt.dir, file).split(sep).join('/');
  return path.startsWith('..') ? null : path;
}

function shippedAs(path: string | null, { artefacts: shipped }: Manifest): EffortEvidence['artefact'] {
  const entry = shipped.find((each) => each.path === path);
  return entry === undefined ? null : { path: entry.path, bytes: entry.bytes };
}

type Built = BuildOutcome | { readonly noBuild: string; readonly problem: string };

async function outcomeOf(path: string | null, timer: BuildTimer | null): Promise<Built> {
  if (path === null) return { noBuild: 'nothing is compiled for it' };
  if (timer === null) return { noBuild: 'no build was asked for' };
  const artefact = artefacts.find((each) => each.path === path);
  if (artefact === undefined) return { noBuild: `${path} is not among what can be built` };
  try {
    return await timer(artefact);
  } catch (error) {
    if (!(error instanceof FailedError)) throw error;
    const [problem = ''] = error.message.split('\n');
    return { noBuild: 'its build failed', problem };
  }
}
