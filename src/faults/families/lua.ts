import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lua } from '../../mechanisms/lua.js';
import { supported } from '../../mechanisms/types.js';
import { packagePaths } from '../../paths.js';
import type { Fault } from '../fault.js';
import { type FaultName, faultTitles } from '../titles.js';
import { askedFor, headroomMiB, memoryMiB } from './by-request.js';

const script = join(packagePaths.filters, 'faults', 'lua', 'fault.lua');

/** A script that goes wrong. */
export const luaFaults: readonly Fault[] = [
  luaFault('error'),
  luaFault('loop'),
  { ...luaFault('memory'), takesMiB: memoryMiB.kept },
  {
    ...luaFault('exhaust'),
    takesMiB: memoryMiB.exhausting,
    headroomMiB,
  },
];

function luaFault(name: FaultName): Fault {
  return {
    mechanism: 'lua',
    variant: 'lua',
    name,
    policy: null,
    title: faultTitles[name],
    takesMiB: 0,
    extensions: lua.variants[0]?.extensions ?? [],
    strike: askedFor(name),
    support: () => supported,
    reads: () => [],
    variables: () => ({ script: readFileSync(script, 'utf8') }),
    env: () => ({}),
  };
}
