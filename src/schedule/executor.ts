import type { ArmIdentity, Evidence, Load, Sample } from '../results/schema/index.js';

/** A restart of one scenario: which arms are alive at once, in which incidental layout. Plain data. */
export interface Layout {
  /** Restart index from 0. */
  readonly restart: number;
  readonly scenario: string;
  /** In the order in which they are started. */
  readonly arms: readonly ArmIdentity[];
  /** Bytes of padding in every process's environment (Mytkowicz et al. 2009: it moves the stack). */
  readonly envPaddingBytes: number;
  /** For ports and the draw of the load mix. */
  readonly seed: number;
}

/** One slice of load on one arm. Plain data. */
export interface SliceSpec {
  readonly arm: string;
  readonly restart: number;
  readonly round: number;
  readonly block: number;
  readonly load: Load;
  readonly purpose: 'warm-up' | 'measure';
  /** Length of the inner window. */
  readonly windowMs: number;
  /** Of an open loop's arrivals: alike for every arm of a round, so that none has the easier row. */
  readonly seed: number;
}

export type ProofPhase = 'before-load' | 'after-load';

/** All arms of one restart, alive. */
export interface Session extends AsyncDisposable {
  /** What starting gave, an arm each, and (in the first restart) Envoy's own validation. */
  readonly started: readonly Evidence[];
  /** Runs the scenario's cases on the very process that is measured. Several arms may be asked for at once. */
  prove(arm: string, phase: ProofPhase): Promise<Evidence[]>;
  /**
   * Sends bodies above the buffer limit and says what became of them; nothing where the scenario has no bodies, or another of
   * its series tells. Counters mean nothing any more after it.
   */
  probeLimit(arm: string): Promise<Evidence[]>;
  /** Drives and measures one slice. */
  run(slice: SliceSpec): Promise<Sample>;
}

/**
 * What the schedule drives. The real one starts Envoys; a fake one of known truth lets schedule and statistics be tested
 * without any.
 */
export interface Executor {
  openRestart(layout: Layout): Promise<Session>;
}

/** Several executors as one: each restart goes to the one of its arms' runtime. */
export function byRuntime(executors: ReadonlyMap<string, Executor>): Executor {
  return {
    openRestart(layout) {
      const runtime = layout.arms[0]?.runtime ?? '';
      const executor = executors.get(runtime);
      if (!executor) throw new RangeError(`no executor for the runtime '${runtime}'`);
      return executor.openRestart(layout);
    },
  };
}
