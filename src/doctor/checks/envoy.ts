import { cachedEnvoy, exactVersion, resolveEnvoy, shortPath } from '../../envoy/binary/index.js';
import { type Check, ok, warn } from '../check.js';
import { waysToFetch } from './ways-to-fetch.js';

/** Whether the Envoy that is meant is here, or can be fetched. */
export const envoy: Check = {
  name: 'envoy',
  neededBy: ['native'],
  async look({ envoy: request, signal }) {
    // A path is asked for its version, and nothing is fetched for it.
    if (exactVersion(request) === undefined) {
      const { version, path, pinned } = await resolveEnvoy(request, { signal });
      return pinned
        ? ok(`Envoy ${version}, pinned: ${shortPath(path)}`)
        : warn(
            `Envoy ${version} of your own: ${shortPath(path)}`,
            'nothing: envoy.lock.json has no such bytes, and no other than you vouches for them',
          );
    }
    const cached = await cachedEnvoy(request, { signal });
    if (cached) return ok(`Envoy ${cached.version} (${cached.origin}), pinned: ${shortPath(cached.path)}`);
    const ways = await waysToFetch(signal);
    return warn(
      `Envoy ${request} is pinned and not here yet: it is fetched on first use, by ${ways.join(', or ')}`,
      `"filterbench envoy fetch ${request}" fetches it now`,
    );
  },
};
