export { type CacheMeta, listEntries } from './cache.js';
export { compatCacheDir, ensurePrivateDir, envoyCacheDir, shortPath } from './cache-dir.js';
export { type EnvoyLock, parseLock, pinsOf, readLock } from './lock.js';
export { downloadPlatform, type EnvoyPlatform, envoyPlatforms, hostPlatform } from './platform.js';
export { releaseHost, releaseSource } from './release.js';
export { cachedEnvoy, resolveEnvoy } from './resolve.js';
export type { Delivered, DownloadSource, EnvoyBinary, EnvoySource, ResolveOptions, Wanted } from './types.js';
export {
  COMPARED_ENVOY_VERSIONS,
  DEFAULT_ENVOY_VERSION,
  didYouMean,
  exactVersion,
  knownVersions,
  suggestVersions,
} from './versions.js';
export { wheelSource } from './wheel.js';
export { wheelTools } from './wheel-tools.js';
