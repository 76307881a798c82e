import type { Probe } from '../probe.js';
import { swapProbe } from './drive.js';
import { moduleCodeSwaps, moduleConfigSwaps } from './dynamic-module.js';
import { extProcSwaps } from './ext-proc.js';
import { drainSwaps, luaSwaps } from './lua.js';
import { restartProbes } from './restart.js';
import { wasmCodeSwaps, wasmConfigSwaps } from './wasm.js';

/** One version of a filter for another while traffic flows. */
export const swapProbes: readonly Probe[] = [
  ...[
    luaSwaps,
    ...drainSwaps,
    wasmConfigSwaps,
    wasmCodeSwaps,
    moduleConfigSwaps,
    ...moduleCodeSwaps,
    extProcSwaps,
  ].map(swapProbe),
  ...restartProbes,
];
