import { prebuilt } from '../../mechanisms/prebuilt.js';
import { supported } from '../../mechanisms/types.js';
import { wasm } from '../../mechanisms/wasm.js';
import type { Fault } from '../fault.js';
import { askedFor, memoryMiB } from './by-request.js';

/** Envoy's `FailurePolicy` of a Wasm plugin; the first is what it does unasked. */
const policies = ['FAIL_CLOSED', 'FAIL_OPEN', 'FAIL_RELOAD'];

/** A module that goes wrong, with every policy. */
export const wasmFaults: readonly Fault[] = [
  ...withPolicies('trap', 'it traps'),
  // Envoy makes a new VM at once, but not again and again.
  ...withPolicies('trap', 'it traps 3 times').map((fault) => ({
    ...fault,
    name: 'traps',
    strike: askedFor('trap', 3),
  })),
  ...withPolicies('out-of-bounds', 'it writes beyond its memory'),
  ...withPolicies('null', 'it writes to address 0'),
  ...withPolicies('loop', 'it loops for ever'),
  ...withPolicies('memory', 'it keeps 256 MiB', memoryMiB.kept),
  // Its VM has a limit of its own.
  ...withPolicies('exhaust', 'it takes all memory that it gets', memoryMiB.exhausting),
];

function withPolicies(name: string, title: string, takesMiB = 0): Fault[] {
  return policies.map((policy) => ({
    mechanism: 'wasm',
    variant: 'wasm/c',
    name,
    policy,
    title,
    takesMiB,
    extensions: wasm.variants[0]?.extensions ?? [],
    strike: askedFor(name),
    support: () => supported,
    reads: () => [prebuilt.wasmFaults],
    variables: (_version, inside) => ({ policy, module: inside.path(prebuilt.wasmFaults) }),
    env: () => ({}),
  }));
}
