import { GenericContainer, StartupCheckStrategy, type StartupStatus } from 'testcontainers';
import type { NetworkMode } from './network.js';

/** What testcontainers has no method for. */
export interface ContainerExtras {
  readonly cpus: readonly number[];
  /** Undefined: as much as there is. */
  readonly memoryMiB: number | undefined;
  /** Host paths, seen at the same path inside. */
  readonly mounts: readonly { readonly path: string; readonly readOnly: boolean }[];
  readonly network: NetworkMode;
  /** Called between creation and start, so that a container whose start fails is known too. */
  created(id: string): void;
}

/** A container pinned to cores, by the fields that GenericContainer leaves to its subclasses. */
export class WorkloadContainer extends GenericContainer {
  readonly #created: (id: string) => void;

  constructor(image: string, { cpus, memoryMiB, mounts, network, created }: ContainerExtras) {
    super(image);
    this.#created = created;
    // An image's own check would use CPU time in the middle of slices.
    this.createOpts.Healthcheck = { Test: ['NONE'] };
    if (cpus.length > 0) this.hostConfig.CpusetCpus = cpus.join(',');
    if (memoryMiB !== undefined) {
      this.hostConfig.Memory = memoryMiB * 2 ** 20;
      // Without swap beyond it: what is swapped out is no measurement.
      this.hostConfig.MemorySwap = this.hostConfig.Memory;
    }
    // testcontainers would publish them on every interface.
    const published = network.publish.map((port) => [`${port}/tcp`, port] as const);
    this.createOpts.ExposedPorts = Object.fromEntries(published.map(([name]) => [name, {}]));
    this.hostConfig.PortBindings = Object.fromEntries(
      published.map(([name, port]) => [name, [{ HostIp: '127.0.0.1', HostPort: `${port}` }]]),
    );
    this.withNetworkMode(network.mode);
    // Unlike withBindMounts, this neither makes missing folders nor breaks at a colon in a path.
    this.hostConfig.Mounts = mounts.map(({ path, readOnly }) => ({
      Type: 'bind',
      Source: path,
      Target: path,
      ReadOnly: readOnly,
    }));
  }

  protected override async containerCreated(id: string): Promise<void> {
    this.#created(id);
  }
}

/** Doesn't wait: the default strategy polls ports slowly and can't tell the last log lines. */
export class StartedIsEnough extends StartupCheckStrategy {
  override async checkStartupState(): Promise<StartupStatus> {
    return 'SUCCESS';
  }
}
