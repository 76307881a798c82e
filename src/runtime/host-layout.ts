import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FailedError } from '../errors.js';
import type { PortAllocator } from './ports.js';
import { orWriteError, type Scratch } from './scratch.js';
import type { Inside, OneShotSpec, TcpAddress } from './types.js';

/** A workload's own folder and ports, where inside and outside are one world: the same paths, the same port numbers. */
export interface HostLayout {
  /** Its private folder; its `files` are in it. */
  readonly dir: string;
  readonly inside: Inside;
  /** Where this host reaches a named port. @throws FailedError where no port has this name. */
  address(port: string): TcpAddress;
}

/**
 * Makes the private folder, gives it ports and writes its files.
 * @param bindHost the address of its ports as it sees them itself
 * @throws BadInputError where a port of a range that the user fixed is in use; WriteError where there is no room for its files.
 */
export async function layOut(
  spec: OneShotSpec,
  { scratch, ports }: { readonly scratch: Scratch; readonly ports: PortAllocator },
  bindHost = '127.0.0.1',
): Promise<HostLayout> {
  const dir = join(scratch.dir, spec.name);
  orWriteError(dir, () => mkdirSync(dir, { recursive: true, mode: 0o700 }));
  const given = new Map<string, number>();
  for (const port of spec.ports) given.set(port, await ports.next(`${spec.name} ${port}`));
  const address = (name: string): TcpAddress => {
    const port = given.get(name);
    if (port === undefined)
      throw new FailedError(`no port is named ${name}`, 'this is a defect in filterbench');
    return { host: '127.0.0.1', port };
  };
  const inside: Inside = {
    path: (hostPath) => hostPath,
    file: (name) => join(dir, name),
    bind: (name) => ({ ...address(name), host: bindHost }),
    socket: (name) => join(scratch.dir, `${name}.sock`),
  };
  for (const [name, text] of Object.entries(spec.files?.(inside) ?? {})) {
    const path = join(dir, name);
    orWriteError(path, () => writeFileSync(path, text, { mode: 0o600 }));
  }
  return { dir, inside, address };
}
