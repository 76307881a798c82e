import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lua } from '../../mechanisms/lua.js';
import { supported } from '../../mechanisms/types.js';
import { packagePaths } from '../../paths.js';
import type { Fault } from '../fault.js';
import { askedFor, headroomMiB, memoryMiB } from './by-request.js';

const script = join(packagePaths.filters, 'faults', 'lua', 'fault.lua');

/** A script that goes wrong. */
export const luaFaults: readonly Fault[] = [
  luaFault('error', 'error() is called'),
  luaFault('loop', 'it loops for ever'),
  { ...luaFault('memory', 'it keeps 256 MiB'), takesMiB: memoryMiB.kept },
  {
    ...luaFault('exhaust', 'it takes all memory that it gets'),
    takesMiB: memoryMiB.exhausting,
    headroomMiB,
  },
];

function luaFault(name: string, title: string): Fault {
  return {
    mechanism: 'lua',
    variant: 'lua',
    name,
    policy: null,
    title,
    takesMiB: 0,
    extensions: lua.variants[0]?.extensions ?? [],
    strike: askedFor(name),
    support: () => supported,
    reads: () => [],
    variables: () => ({ script: readFileSync(script, 'utf8') }),
    env: () => ({}),
  };
}
