import { prebuilt } from '../../mechanisms/prebuilt.js';
import { supported } from '../../mechanisms/types.js';
import { wasm } from '../../mechanisms/wasm.js';
import type { Fault } from '../fault.js';
import { type FaultName, faultTitles } from '../titles.js';
import { askedFor, memoryMiB } from './by-request.js';

/** Envoy's `FailurePolicy` of a Wasm plugin; the first is what it does unasked. */
const policies = ['FAIL_CLOSED', 'FAIL_OPEN', 'FAIL_RELOAD'];

/** A module that goes wrong, with every policy. */
export const wasmFaults: readonly Fault[] = [
  ...withPolicies('trap'),
  // Envoy makes a new VM at once, but not again and again.
  ...withPolicies('traps').map((fault) => ({ ...fault, strike: askedFor('trap', 3) })),
  ...withPolicies('out-of-bounds'),
  ...withPolicies('null'),
  ...withPolicies('loop'),
  ...withPolicies('memory', memoryMiB.kept),
  // Its VM has a limit of its own.
  ...withPolicies('exhaust', memoryMiB.exhausting),
];

function withPolicies(name: FaultName, takesMiB = 0): Fault[] {
  return policies.map((policy) => ({
    mechanism: 'wasm',
    variant: 'wasm/c',
    name,
    policy,
    title: faultTitles[name],
    takesMiB,
    extensions: wasm.variants[0]?.extensions ?? [],
    strike: askedFor(name),
    support: () => supported,
    reads: () => [prebuilt.wasmFaults],
    variables: (_version, inside) => ({ policy, module: inside.path(prebuilt.wasmFaults) }),
    env: () => ({}),
  }));
}
