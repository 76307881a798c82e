import type { ContainerNetwork } from '../types.js';
import type { Engine } from './engine.js';

/** Host networking is a Linux matter: an engine in a virtual machine has that machine's network, not this one's. */
export function defaultNetwork(platform: NodeJS.Platform = process.platform): ContainerNetwork {
  return platform === 'linux' ? 'host' : 'mapped';
}

/** What a container's settings say of its network. */
export interface NetworkMode {
  readonly mode: 'host' | 'bridge';
  /** Ports that are published under the same number, on 127.0.0.1 only. */
  readonly publish: readonly number[];
}

/**
 * How a container with these ports is connected. With `host` load reaches it over loopback, as natively; with `mapped`
 * through what the engine maps ports by, which costs latency and CPU that no counter of ours gives to it.
 */
export function networkMode(network: ContainerNetwork, ports: readonly number[]): NetworkMode {
  return network === 'host' ? { mode: 'host', publish: [] } : { mode: 'bridge', publish: ports };
}

/** Where a workload must bind: in a network of its own, a published port is only reached on all of its interfaces. */
export function bindHost(network: ContainerNetwork): string {
  return network === 'host' ? '127.0.0.1' : '0.0.0.0';
}

/** Where other containers reach this one; null where it has no address, as when it ended meanwhile. */
export async function peerHost(
  network: ContainerNetwork,
  engine: Engine,
  id: string,
): Promise<string | null> {
  if (network === 'host') return '127.0.0.1';
  const { NetworkSettings } = await engine.client.container.getById(id).inspect();
  const addresses = Object.values(NetworkSettings.Networks).map(({ IPAddress }) => IPAddress);
  return addresses.find((address) => address !== '') ?? null;
}
