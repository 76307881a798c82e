/** Where something listens: a TCP port or a Unix socket. */
export type Address = { readonly host: string; readonly port: number } | { readonly socket: string };
export type TcpAddress = Extract<Address, { port: number }>;

/** What to read to learn the CPU time of a running thing. Plain data: the generator reads it, in a process of its own. */
export type CpuSource = LocalCpuSource | EngineStats;
export type LocalCpuSource =
  | { readonly kind: 'schedstat'; readonly pid: number }
  | { readonly kind: 'cgroup-v1' | 'cgroup-v2'; readonly dir: string };
/** A container of which this machine sees neither process nor control group: its engine tells. */
export interface EngineStats {
  readonly kind: 'engine-stats';
  readonly dockerHost: string;
  readonly container: string;
}

/** How containers are connected: on this host's network, or on one of their own with ports mapped to 127.0.0.1. */
export type ContainerNetwork = 'host' | 'mapped';

/** The world as a workload sees it from inside, known before it starts. */
export interface Inside {
  /** A host path that `reads` covers, as it is seen inside. */
  path(hostPath: string): string;
  /** A file of this workload's own `files`, as it is seen inside. */
  file(name: string): string;
  /** Where a named port must be bound. */
  bind(port: string): TcpAddress;
  /** A Unix socket by name in the folder that all workloads of one restart share. */
  socket(name: string): string;
}

/** What to run, said without knowing where it will run. */
export interface WorkloadSpec {
  /** Unique among the living workloads of a run; lower-case letters, digits and dashes. */
  readonly name: string;
  readonly role: 'envoy' | 'ext-server' | 'upstream';
  /** The executable, as a path on this host. It must be covered by `reads`. */
  readonly program: string;
  /** Whose image it runs in, where workloads run in images; left away: in that of the run's first Envoy. */
  readonly envoyVersion?: string;
  /** Host files or folders that the workload reads; they are never written. */
  readonly reads: readonly string[];
  /** Names of the TCP ports that it listens on. */
  readonly ports: readonly string[];
  /** Cores that it may use; empty means any. */
  readonly cpus: readonly number[];
  args(inside: Inside): readonly string[];
  env?(inside: Inside): Readonly<Record<string, string>>;
  /** Files that are written for it, by name, before it starts. */
  files?(inside: Inside): Readonly<Record<string, string>>;
  readonly ready: Readiness;
}

/** When a workload is ready: this path of a port answers 200, or the port accepts a connection. */
export type Readiness = { readonly port: string; readonly timeoutMs: number } & (
  | { readonly path: string }
  | { readonly accepts: true }
);

export interface ExitInfo {
  readonly code: number | null;
  readonly signal: string | null;
}

/** A workload that answered its readiness probe. */
export interface RunningWorkload extends AsyncDisposable {
  readonly spec: WorkloadSpec;
  readonly startMs: number;
  /** Its process; null where it is not visible on this machine. */
  readonly pid: number | null;
  readonly cpu: CpuSource;
  /** Where this host (the generator, the prober) reaches a named port. */
  address(port: string): TcpAddress;
  /** Where other workloads of the same runtime reach a named port. */
  peerAddress(port: string): TcpAddress;
  /** Proportional set size in MiB; null where it can't be read. */
  pssMiB(): Promise<number | null>;
  /** The last lines that it printed. */
  logTail(): string;
  /** Settles when it ends, wanted or not. */
  readonly exited: Promise<ExitInfo>;
  /** Ends it, gently first; resolves when it is gone. */
  stop(): Promise<void>;
}

/**
 * Where workloads run: processes of this host, or containers. Another one (nodes of a cluster) needs nothing
 * else: nothing right of this interface knows which it is.
 */
export interface Runtime extends AsyncDisposable {
  readonly kind: 'native' | 'docker';
  /**
   * Starts a workload and waits until it is ready.
   * @throws FailedError with the last log lines where it ends or does not get ready in time.
   * @throws InterruptedError where `signal` fires first; what was started is gone then.
   */
  start(spec: WorkloadSpec, signal?: AbortSignal): Promise<RunningWorkload>;
  /**
   * Runs a program to its end (such as `envoy --mode validate`) and gives what it printed.
   */
  runToEnd(spec: OneShotSpec, signal?: AbortSignal): Promise<{ exit: ExitInfo; output: string }>;
}

/** A program that ends by itself; `ports` are reserved so that its configuration can name them. */
export type OneShotSpec = Omit<WorkloadSpec, 'ready'>;
