import type { CpuSource, TcpAddress } from '../runtime/types.js';
import type { BodySource } from '../scenarios/bodies.js';

/** One request of the mix as it goes over the wire, and the only answer that counts as right. */
export interface WireRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Left away where there is none. A large one comes as what it is made from, so that a slice stays small to send. */
  readonly body?: BodySource;
  readonly expect: {
    readonly status: number;
    /** Length of the whole response on the wire: status line, headers and body. */
    readonly wireBytes: number;
    /** Where the answer comes in chunks: `wireBytes` is its payload then, for how it is split is not the same each time. */
    readonly isChunked?: true;
  };
}

/** Whose CPU is read at the edges of the window. */
export interface SliceCpu {
  readonly envoy: CpuSource;
  readonly server: CpuSource | null;
  readonly upstream: CpuSource | null;
}

interface AnySlice {
  readonly target: TcpAddress;
  readonly requests: readonly WireRequest[];
  /** Load before the window, not counted: cold caches. A closed loop counts it from the first response. */
  readonly leadMs: number;
  /** Length of the inner window, in which CPU and responses count. */
  readonly windowMs: number;
  readonly cpu: SliceCpu;
}

/** Who sends in a closed loop: our own sockets, or autocannon. */
export type LoadClient = 'sockets' | 'autocannon';

/** A slice of closed-loop load, as the generator's process gets it; plain data. */
export interface ClosedLoopSlice extends AnySlice {
  readonly loop: 'closed';
  readonly connections: number;
  /** Who sends: our own sockets (where nothing is said), or autocannon. */
  readonly client?: LoadClient;
  /** How it waits for answers: turning its event loop without a pause (where nothing is said), or asleep as most clients do. */
  readonly waiting?: 'spinning' | 'sleeping';
  /** How long answers are awaited after the window; what comes later is cut off. */
  readonly drainMs?: number;
}

/** A slice of open-loop load: arrivals come at their times, whatever the target does. */
export interface OpenLoopSlice extends AnySlice {
  readonly loop: 'open';
  /** Exponential gaps, or equal ones. */
  readonly arrivals: 'poisson' | 'uniform';
  /** Arrivals a second, over all processes of the generator. */
  readonly rps: number;
  /** At most so many sockets; an arrival that finds none idle waits, and the wait counts. */
  readonly connections: number;
  /** The same seed gives the same arrivals. */
  readonly seed: number;
  /** How long answers are awaited after the window. */
  readonly drainMs: number;
}

export type Slice = ClosedLoopSlice | OpenLoopSlice;

/** What was used in the inner window. */
export interface WindowUse {
  /** 0 where the window never opened: nothing answered. */
  readonly windowNs: number;
  readonly envoyNs: number;
  /** Time in which Envoy's threads could have run and waited for a CPU; null where that can't be read. */
  readonly envoyWaitNs: number | null;
  /** How often Envoy's threads were taken off a CPU; null where that can't be read. */
  readonly envoySwitches: number | null;
  readonly serverNs: number | null;
  readonly serverWaitNs: number | null;
  readonly upstreamNs: number | null;
  /** Over all processes of the generator, waiting by spinning included. */
  readonly generatorNs: number;
  readonly machineBusyNs: number;
  readonly stealNs: number;
}

/** How late the generator itself was, in µs: the write minus the intended start. */
export interface SendLag {
  readonly mean: number;
  readonly max: number;
  /** The arrivals that it is of: those that found an idle connection. */
  readonly count: number;
}

/** What only an open loop gives; each null (spin: 0) for a closed one. */
export interface OpenLoopOutcome {
  /** Arrivals whose intended start lies in the window. */
  readonly offered: number | null;
  /** Of those, answered right by the end of the drain. */
  readonly answeredInTime: number | null;
  /** Of those, without an answer at the end of the drain; in the histogram with the time that they had waited by then. */
  readonly unanswered: number | null;
  /** Arrivals due and not yet answered when the window opened, and when it closed. */
  readonly backlog: { readonly open: number; readonly close: number } | null;
  readonly sendLagUs: SendLag | null;
  /** CPU time of the window in which the generator only waited for the next arrival. */
  readonly spinNs: number;
}

/** What a slice gave. All CPU times and counts are of the inner window unless said otherwise. */
export interface SliceOutcome extends WindowUse, OpenLoopOutcome {
  /** On the generator's monotonic clock. */
  readonly startNs: number;
  /** Right responses that came in the window: what its CPU time was spent on. */
  readonly requests: number;
  /** Wrong responses and socket errors of the whole slice. */
  readonly bad: number;
  readonly badExample: string | null;
  /** All responses of the slice. */
  readonly served: number;
  /** Requests that were cut off without an answer. */
  readonly aborted: number;
  readonly eventLoopDelayUs: number;
  /** Processes that drove the load, each on a CPU of its own. */
  readonly generators: number;
  /**
   * HdrHistogram, units of 0.1 µs, V2 compressed, base64. Closed loop: the right responses of the window, from their
   * sending. Open loop: every arrival whose intended start lies in the window, from that start to the last byte.
   */
  readonly histogram: string;
}
