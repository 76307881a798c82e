import { join } from 'node:path';
import { packagePaths } from '../paths.js';

/** The artefacts of filters/ that are shipped compiled, for this platform. */
const platform = `${process.platform}-${process.arch}`;

// `filters verify` proves a fresh build in place of what is shipped.
const dir = process.env.FILTERBENCH_PREBUILT ?? packagePaths.prebuilt;

export const prebuilt = {
  wasm: join(dir, 'wasm', 'filterbench.wasm'),
  extServer: join(dir, platform, 'ext-server'),
  upstream: join(dir, platform, 'upstream'),
  /** The folder that holds libfilterbench.so for an ABI generation. */
  dynamicModule: (abi: string) => join(dir, platform, 'dynamic-module', abi),
} as const;
