import { join } from 'node:path';
import { packagePaths } from '../paths.js';

// Whatever we start runs on Linux, natively or in a container, on the processor that is here.
const platform = `linux-${process.arch}`;

// `filters verify` proves a fresh build in place of what is shipped.
const dir = process.env.FILTERBENCH_PREBUILT ?? packagePaths.prebuilt;

/** The artefacts of filters/ that are shipped compiled. */
export const prebuilt = {
  dir,
  platform,
  wasm: join(dir, 'wasm', 'filterbench.wasm'),
  wasmC: join(dir, 'wasm', 'filterbench-c.wasm'),
  wasmCpp: join(dir, 'wasm', 'filterbench-cpp.wasm'),
  wasmAssemblyscript: join(dir, 'wasm', 'filterbench-assemblyscript.wasm'),
  wasmGo: join(dir, 'wasm', 'filterbench-go.wasm'),
  extServer: join(dir, platform, 'ext-server'),
  /** The same server in TypeScript: a script that Node runs, so there is nothing to build. */
  extServerNode: join(packagePaths.root, 'bin', 'ext-server-node.js'),
  upstream: join(dir, platform, 'upstream'),
  /** The folder that holds libfilterbench.so for an ABI generation. */
  dynamicModule: (abi: string) => join(dir, platform, 'dynamic-module', abi),
  /** The same of the module in C. */
  dynamicModuleC: (abi: string) => join(dir, platform, 'dynamic-module-c', abi),
  /** The same of the module in Go. */
  dynamicModuleGo: (abi: string) => join(dir, platform, 'dynamic-module-go', abi),
  /** Filters that go wrong when told to; no arm is made of them. */
  wasmFaults: join(dir, 'faults', 'faults.wasm'),
  moduleFaults: (abi: string) => join(dir, platform, 'faults', abi),
} as const;
