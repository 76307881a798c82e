import { join } from 'node:path';
import { buildFor, dynamicModule } from '../../mechanisms/dynamic-module.js';
import { prebuilt } from '../../mechanisms/prebuilt.js';
import { type Support, supported } from '../../mechanisms/types.js';
import type { Fault } from '../fault.js';
import { type FaultName, faultTitles } from '../titles.js';
import { askedFor, headroomMiB, memoryMiB } from './by-request.js';

/** A module that goes wrong. */
export const dynamicModuleFaults: readonly Fault[] = [
  moduleFault('panic-caught'),
  moduleFault('panic-uncaught'),
  moduleFault('null'),
  moduleFault('abort'),
  moduleFault('loop'),
  { ...moduleFault('memory'), takesMiB: memoryMiB.kept },
  {
    ...moduleFault('exhaust'),
    takesMiB: memoryMiB.exhausting,
    headroomMiB,
  },
];

function moduleFault(name: FaultName): Fault {
  return {
    mechanism: 'dynamic-module',
    variant: 'dynamic-module/rust',
    name,
    policy: null,
    title: faultTitles[name],
    takesMiB: 0,
    extensions: dynamicModule.variants[0]?.extensions ?? [],
    strike: askedFor(name),
    support,
    reads: (version) => [join(folderFor(version), 'libfilterbench.so')],
    variables: () => ({}),
    env: (version, inside) => ({ ENVOY_DYNAMIC_MODULES_SEARCH_PATH: inside.path(folderFor(version)) }),
  };
}

function support(envoyVersion: string): Support {
  if (buildFor(envoyVersion) !== null) return supported;
  return { status: 'unavailable', reason: `no build of the module fits the ABI of Envoy ${envoyVersion}` };
}

function folderFor(envoyVersion: string): string {
  return prebuilt.moduleFaults(buildFor(envoyVersion) ?? 'none');
}
