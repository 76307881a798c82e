import { join } from 'node:path';
import { compareVersions } from '../envoy/version.js';
import { inLanguage } from './languages.js';
import { prebuilt } from './prebuilt.js';
import { type Job, type Mechanism, type Support, supported, type Variant } from './types.js';

/** ABI generations of Envoy's dynamic modules, and the versions that each was seen to load on without a warning. */
const generations: readonly { readonly abi: string; readonly from: string; readonly before: string }[] = [
  // Both of these demand the hash of their own abi.h, and 1.36 changed it inside the patch line.
  { abi: '1.36', from: '1.36.4', before: '1.36.5' },
  { abi: '1.37', from: '1.37.0', before: '1.37.1' },
  { abi: 'v0.1', from: '1.38.0', before: '1.40.0' },
  { abi: 'v0.2', from: '1.40.0', before: '1.41.0' },
];

/** The ABI generation of an Envoy version, or null where none that we build for is known to fit. */
export function abiOf(version: string): string | null {
  const fitting = generations.find(
    ({ from, before }) => compareVersions(version, from) >= 0 && compareVersions(version, before) < 0,
  );
  return fitting?.abi ?? null;
}

/** Whether a version is newer than any that a build was tried on. */
export function isUntried(version: string): boolean {
  const [newest] = generations.slice(-1);
  return newest !== undefined && compareVersions(version, newest.before) >= 0;
}

/**
 * The build that an Envoy version gets: its own, or the newest one where it is newer than all, for from 1.38 on Envoy takes another
 * ABI with a warning (docs/compatibility.md); null where none fits.
 */
export function buildFor(version: string): string | null {
  const [newest] = generations.slice(-1);
  return abiOf(version) ?? (isUntried(version) ? (newest?.abi ?? null) : null);
}

// No version of Envoy's Go SDK for these was to be had: the one before loads with a warning, and calls nothing gone.
const goBuilds: Readonly<Record<string, string>> = { 'v0.2': 'v0.1' };

function inGo(job: Job): Support {
  if (abiOf(job.envoyVersion) !== '1.36') return inLanguage('Go', job);
  return {
    status: 'unavailable',
    reason: "Envoy's Go SDK begins with the ABI of 1.37.0, and Envoy 1.36 takes none but its own",
  };
}

/** @param folderOf where the library for an ABI generation is */
function moduleOf(id: string, folderOf: (abi: string) => string, supportJob: (job: Job) => Support): Variant {
  const folder = (envoyVersion: string) => folderOf(buildFor(envoyVersion) ?? 'none');
  return {
    id,
    mechanism: 'dynamic-module',
    class: 'in-process',
    config: 'dynamic-module/rust',
    extensions: [
      'envoy.filters.http.dynamic_modules',
      'envoy.extensions.filters.http.dynamic_modules.v3.DynamicModuleFilter',
    ],
    server: null,
    support(job) {
      const { envoyVersion } = job;
      if (buildFor(envoyVersion) !== null) return supportJob(job);
      const known = generations.map(({ abi, from }) => `${abi} (from ${from})`).join(', ');
      return {
        status: 'unavailable',
        reason:
          `no build of the module fits the ABI of Envoy ${envoyVersion}, which takes none but its own; there are builds for ` +
          `${known}, and docs/compatibility.md tells how one is made`,
      };
    },
    artefacts: ({ envoyVersion }) => [join(folder(envoyVersion), 'libfilterbench.so')],
    variables: () => ({}),
    env: ({ envoyVersion }, inside) => ({
      ENVOY_DYNAMIC_MODULES_SEARCH_PATH: inside.path(folder(envoyVersion)),
    }),
    // Envoy counts no calls of a module: proofs before and after load show that it runs, not the load itself.
    counters: () => [],
  };
}

export const dynamicModule: Mechanism = {
  name: 'dynamic-module',
  title: 'Dynamic module',
  variants: [
    moduleOf('dynamic-module/rust', prebuilt.dynamicModule, () => supported),
    {
      ...moduleOf('dynamic-module/c', prebuilt.dynamicModuleC, (job) => inLanguage('C', job)),
      aside: true,
    },
    {
      ...moduleOf('dynamic-module/go', (abi) => prebuilt.dynamicModuleGo(goBuilds[abi] ?? abi), inGo),
      aside: true,
    },
  ],
};
