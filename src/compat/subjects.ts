import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { BadInputError, MissingError } from '../errors.js';
import { artefacts } from '../filters/artefacts.js';
import { type Variant, variants } from '../mechanisms/index.js';
import { prebuilt } from '../mechanisms/prebuilt.js';
import { packagePaths } from '../paths.js';
import { loadScenarios, type Scenario } from '../scenarios/load.js';
import { suggestPart } from '../suggest.js';
import { builtInSubjects } from './built-ins.js';
import type { Subject } from './subject.js';

// Headers, then a body: each loads the module, and calls other parts of its ABI.
const scenarioNames = ['headers', 'inspect-1k'];

// The same server by another transport or body mode is no other artefact.
const others = ['lua', 'ext-proc/rust', 'ext-authz/rust-grpc', 'ext-authz/rust-http'];

/** Envoy without a filter, which everything else is judged beside, and all subjects. */
export interface Subjects {
  readonly baseline: Subject;
  readonly tried: readonly Subject[];
}

/**
 * All that can be tried.
 * @param words only subjects whose id holds one of these; all where there are none
 * @throws BadInputError where no id holds a word; MissingError where a compiled file is not there.
 */
export async function selectSubjects(words: readonly string[]): Promise<Subjects> {
  const scenarios = await loadScenarios(scenarioNames);
  const all = [
    ...moduleSubjects(scenarios),
    ...variants
      .filter(({ id, mechanism }) => mechanism === 'wasm' || others.includes(id))
      .map((variant) => ofVariant(variant, scenarios)),
    ...(await builtInSubjects()),
  ];
  const unknown = words.find((word) => !all.some(({ id }) => id.includes(word)));
  if (unknown !== undefined) {
    const ids = all.map(({ id }) => id);
    throw new BadInputError(
      `nothing that can be tried is called "${unknown}"${suggestPart(unknown, ids)}`,
      `there are ${ids.join(', ')}`,
    );
  }
  const tried = words.length === 0 ? all : all.filter(({ id }) => words.some((word) => id.includes(word)));
  requireFiles(tried.flatMap(({ files }) => files));
  const baseline = { id: 'baseline', group: 'no filter', name: null, mechanism: 'baseline', variant: null };
  return { baseline: { ...baseline, scenarios, files: [] }, tried };
}

// linux-x64/dynamic-module/v0.2/libfilterbench.so, or dynamic-module-c and so on for another language than Rust.
const modulePath = /^([^/]+)\/dynamic-module(?:-(\w+))?\/([^/]+)\/[^/]+\.so$/;

/** Every build of a dynamic module for this platform, to be loaded whether it fits or not. */
function moduleSubjects(scenarios: readonly Scenario[]): Subject[] {
  return artefacts.flatMap(({ path }) => {
    const [, platform, language = 'rust', abi] = modulePath.exec(path) ?? [];
    const variant = variants.find(({ id }) => id === `dynamic-module/${language}`);
    if (abi === undefined || !variant || platform !== prebuilt.platform) return [];
    const file = join(prebuilt.dir, ...path.split('/'));
    const { id: group, mechanism } = variant;
    const subject = { id: `${group}-${abi}`, group, name: `ABI ${abi}`, mechanism, scenarios, files: [file] };
    return [{ ...subject, variant: ofBuild(variant, file) }];
  });
}

/** The variant with this build, in place of the one that is known to fit. */
function ofBuild(variant: Variant, file: string): Variant {
  return {
    ...variant,
    artefacts: () => [file],
    env: (job, inside) => ({
      ...variant.env(job, inside),
      ENVOY_DYNAMIC_MODULES_SEARCH_PATH: inside.path(dirname(file)),
    }),
  };
}

function ofVariant(variant: Variant, scenarios: readonly Scenario[]): Subject {
  const { id, mechanism, server } = variant;
  const files = scenarios.flatMap((scenario) => variant.artefacts({ scenario, envoyVersion: 'any' }));
  const all = [...new Set([...files, ...(server ? [server.program] : [])])];
  return { id, group: id, name: null, mechanism, variant, scenarios, files: all };
}

function requireFiles(files: readonly string[]): void {
  const missing = files.find((file) => !existsSync(file));
  if (missing === undefined) return;
  throw new MissingError(
    `${relative(packagePaths.root, missing)} is not there`,
    'run "filterbench filters build", which makes it',
  );
}
