/** Where some of a process's time went. */
export interface PlaceShare {
  readonly place: string;
  readonly samples: number;
  /** Of the process's samples. */
  readonly share: number;
  /** CPU per request, in µs: the share of what the process used. */
  readonly us: number;
  /** What of it the arm has more than the baseline; null for the baseline itself and for servers, which it has none of. */
  readonly overBaselineUs: number | null;
}

/** A function and what it used itself, without what it called. */
export interface HotFunction {
  readonly name: string;
  readonly samples: number;
  readonly us: number;
}

/** Context switches of all threads of a process, a request. */
export interface SwitchesPerRequest {
  /** It had nothing to do, or waited for a lock. */
  readonly voluntary: number;
  /** It was taken off its core. */
  readonly forced: number;
}

/** Where one process of an arm spent its CPU time. */
export interface ProcessProfile {
  readonly process: 'envoy' | 'server';
  readonly samples: number;
  /** CPU per request while it was sampled, in µs: sampling makes it dearer, so `bench` tells the cost. */
  readonly cpuUs: number;
  /** Largest first; the samples add up to `samples`. */
  readonly places: readonly PlaceShare[];
  /** CPU per request in the filter and all that it called, in µs; null for servers. */
  readonly underFilterUs: number | null;
  /** The dearest functions, largest first. */
  readonly hottest: readonly HotFunction[];
  readonly switches: SwitchesPerRequest | null;
  /** By name; null where they were not asked for. */
  readonly syscalls: Readonly<Record<string, number>> | null;
}

/** What was found of one arm. */
export interface ArmProfile {
  readonly id: string;
  readonly variant: string;
  readonly mechanism: string;
  readonly scenario: string;
  readonly status: 'valid' | 'invalid' | 'unavailable' | 'unsupported';
  readonly reason: string | null;
  /** Right responses while it was sampled; 0 where it was not. */
  readonly requests: number;
  readonly processes: readonly ProcessProfile[];
  /** Growth of each of Envoy's counters, a request. */
  readonly countersPerRequest: Readonly<Record<string, number>>;
  /** In the profile's folder; null where nothing was sampled. */
  readonly files: { readonly folded: string; readonly flameGraph: string } | null;
}

/** All of `filterbench profile`: what `profile.json` holds. */
export interface Profile {
  readonly schema: 'filterbench/profile@1';
  readonly command: readonly string[];
  readonly startedAt: string;
  readonly envoy: { readonly version: string; readonly build: string; readonly sha256: string };
  readonly samplesPerSecond: number;
  readonly connections: number;
  readonly arms: readonly ArmProfile[];
}
