import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { packagePaths } from '../paths.js';
import type { Artefact, BuildOptions } from './artefact.js';
import { run } from './command.js';

const folder = 'wasm-assemblyscript';
const dir = join(packagePaths.filters, folder);
const compilerDir = join(dir, 'node_modules', 'assemblyscript');

/** The jobs in AssemblyScript as a Proxy-Wasm module. */
export const wasmAssemblyscript: Artefact = {
  path: 'wasm/filterbench-assemblyscript.wasm',
  sources: [folder],
  sourceNames: /\.(ts|json)$/,
  abi: null,
  async prepare(options) {
    const version = pinnedVersion();
    if (installedVersion() !== version) await install(options);
    const { signal } = options;
    const asc = join(compilerDir, 'bin', 'asc.js');
    return {
      id: `AssemblyScript ${version}`,
      // Its options are in asconfig.json, for who builds by hand.
      compile: (path) => run(process.execPath, [asc, '--outFile', path], { cwd: dir, env: {}, signal }),
    };
  },
};

async function install({ signal, onProgress }: BuildOptions): Promise<void> {
  onProgress(`installing AssemblyScript in filters/${folder}`);
  // It is pure JavaScript: nothing needs a script of its own.
  await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: dir, env: {}, signal });
}

const packageSchema = z.object({ version: z.string() });
const lockSchema = z.object({ packages: z.object({ 'node_modules/assemblyscript': packageSchema }) });

function pinnedVersion(): string {
  const lock = lockSchema.parse(JSON.parse(readFileSync(join(dir, 'package-lock.json'), 'utf8')));
  return lock.packages['node_modules/assemblyscript'].version;
}

function installedVersion(): string | null {
  const path = join(compilerDir, 'package.json');
  return existsSync(path) ? packageSchema.parse(JSON.parse(readFileSync(path, 'utf8'))).version : null;
}
