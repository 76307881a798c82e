import type { Address } from '../runtime/types.js';

/** An address as Envoy's configuration writes it (config.core.v3.Address). */
export function toEnvoyAddress(address: Address): unknown {
  return 'socket' in address
    ? { pipe: { path: address.socket } }
    : { socket_address: { address: address.host, port_value: address.port } };
}
