import type { Address, Inside } from '../runtime/types.js';
import type { Variables } from '../template.js';

/** An address as Envoy's configuration writes it (config.core.v3.Address). */
export function toEnvoyAddress(address: Address): unknown {
  return 'socket' in address
    ? { pipe: { path: address.socket } }
    : { socket_address: { address: address.host, port_value: address.port } };
}

/**
 * What configurations name of places: where this Envoy listens, and where others do.
 * @param others by the names that stand for them; those that are not there are left away
 */
export function addressVariables(
  inside: Pick<Inside, 'bind'>,
  others: Readonly<Record<string, Address | null | undefined>>,
): Variables {
  const all = { admin: inside.bind('admin'), listener: inside.bind('listener'), ...others };
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, address]) => (address ? [[name, toEnvoyAddress(address)]] : [])),
  );
}
