import { join } from 'node:path';
import { MissingError } from '../errors.js';
import { packagePaths } from '../paths.js';
import type { Artefact } from './artefact.js';
import { firstLine, run } from './command.js';

/** What Go makes. */
export interface GoTarget {
  readonly path: string;
  readonly abi: string | null;
  /** Its main package, a folder of filters/go. */
  readonly package: string;
  /** The files of filters/go that name its modules. */
  readonly modules: readonly string[];
  /** The compilers: what tells them apart, and the environment that chooses them. @throws MissingError naming what to install. */
  toolchain(): Promise<{ readonly id: string; readonly env: Readonly<Record<string, string>> }>;
  readonly args: readonly string[];
  readonly linkerFlags: readonly string[];
}

const dir = join(packagePaths.filters, 'go');

// No path, revision, id or symbol gets into an artefact: bytes are the same wherever it is built.
const args = ['build', '-trimpath', '-buildvcs=false', '-buildmode=c-shared'];
const linkerFlags = ['-s', '-w', '-buildid='];

// What is set here for other builds must not get into this one.
const env = { GOFLAGS: '', GOEXPERIMENT: '', GOAMD64: 'v1', GOWORK: 'off', GOTOOLCHAIN: 'local' };

/** An artefact that is built from Go. */
export function goArtefact(target: GoTarget): Artefact {
  return {
    path: target.path,
    sources: ['core', target.package, ...target.modules].map((name) => `go/${name}`),
    sourceNames: /(?<!_test)\.go$/,
    abi: target.abi,
    async prepare({ targetDir, signal }) {
      const toolchain = await target.toolchain();
      const flags = `-ldflags=${[...linkerFlags, ...target.linkerFlags].join(' ')}`;
      const own = { ...env, ...toolchain.env, GOCACHE: join(targetDir, 'go') };
      const go = (words: readonly string[]) =>
        run('go', [...words, `./${target.package}`], { cwd: dir, env: own, signal });
      // What must be downloaded is no part of compiling.
      await go(['list', '-deps', ...target.args]);
      return { id: toolchain.id, compile: (path) => go([...args, ...target.args, flags, '-o', path]) };
    },
  };
}

/** The Go compiler. @throws MissingError where there is none. */
export async function findGo(): Promise<string> {
  const go = await firstLine('go', ['version']);
  if (go !== null) return go;
  throw new MissingError(
    'go is not installed: the filters in Go cannot be built',
    'install Go 1.26 or later from https://go.dev/dl',
  );
}
