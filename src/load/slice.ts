import type { CpuSource, TcpAddress } from '../runtime/types.js';

/** One request of the mix as it goes over the wire, and the only answer that counts as right. */
export interface WireRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly expect: {
    readonly status: number;
    /** Length of the whole response on the wire: status line, headers and body. */
    readonly wireBytes: number;
  };
}

/** A slice of closed-loop load, as the generator's process gets it; plain data. */
export interface ClosedLoopSlice {
  readonly target: TcpAddress;
  readonly connections: number;
  readonly requests: readonly WireRequest[];
  /** Time after the first response that is not counted: connecting, cold caches. */
  readonly leadMs: number;
  /** Length of the inner window, in which CPU and responses count. */
  readonly windowMs: number;
  readonly cpu: {
    readonly envoy: CpuSource;
    readonly server: CpuSource | null;
    readonly upstream: CpuSource | null;
  };
}

/** What a slice gave. All CPU times and counts are of the inner window unless said otherwise. */
export interface SliceOutcome {
  /** On the generator's monotonic clock. */
  readonly startNs: number;
  /** 0 where the window never opened: nothing answered. */
  readonly windowNs: number;
  readonly requests: number;
  /** Wrong responses and socket errors of the whole slice. */
  readonly bad: number;
  readonly badExample: string | null;
  /** All responses of the slice. */
  readonly served: number;
  readonly aborted: number;
  readonly envoyNs: number;
  readonly serverNs: number | null;
  readonly upstreamNs: number | null;
  readonly generatorNs: number;
  readonly machineBusyNs: number;
  readonly stealNs: number;
  readonly eventLoopDelayUs: number;
  /** HdrHistogram, units of 0.1 µs, V2 compressed, base64. */
  readonly histogram: string;
}
