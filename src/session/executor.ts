import type { ConfigBase } from '../envoy/config.js';
import type { Generator } from '../load/generator/process.js';
import type { LoadClient } from '../load/slice.js';
import type { Variant } from '../mechanisms/index.js';
import type { ArmIdentity, Evidence, Placement, Sample } from '../results/schema/index.js';
import type { RunningWorkload, Runtime } from '../runtime/types.js';
import { drawMix } from '../scenarios/mix.js';
import { type Scenario, usesUpstream } from '../scenarios/scenario.js';
import type { Executor, Layout, Session } from '../schedule/executor.js';
import { seededRandom } from '../schedule/random.js';
import type { ArmContext, EnvoyAt } from './arm.js';
import { orDeath } from './death.js';
import { openArm } from './open-arm.js';
import { probeArm } from './probe-arm.js';
import { openProofLanes, type ProofLane } from './proof-lanes.js';
import { type ArmUnderTest, proveArm } from './prove-arm.js';
import { runSlice } from './run-slice.js';
import { startSink } from './server.js';

/** What the real executor works with. */
export interface EnvoyExecutorOptions {
  readonly runtime: Runtime;
  /** Every Envoy that an arm may ask for. */
  readonly envoys: readonly [EnvoyAt, ...EnvoyAt[]];
  readonly base: ConfigBase;
  readonly scenarios: ReadonlyMap<string, Scenario>;
  readonly variants: readonly Variant[];
  readonly generator: Generator;
  readonly placement: Placement;
  readonly workers: number;
  readonly client: LoadClient;
  readonly signal: AbortSignal;
  /** What external servers have in their environment besides. */
  readonly serverEnv?: Readonly<Record<string, string>>;
}

/** Arms that were started, with what is needed to prove and to load them. */
export interface OpenedArms extends AsyncDisposable {
  /** What starting gave, an arm each. */
  readonly started: readonly Evidence[];
  /** Those that are alive, by their ids. */
  readonly arms: ReadonlyMap<string, ArmUnderTest>;
  /** Where an arm is proven: those of one lane have one echo upstream, so one after another. */
  laneOf(id: string): ProofLane;
}

/** The executor that starts real Envoys. */
export function envoyExecutor(options: EnvoyExecutorOptions): Executor {
  return { openRestart: (layout) => openRestart(options, layout) };
}

async function openRestart(options: EnvoyExecutorOptions, layout: Layout): Promise<Session> {
  const { started, arms, laneOf, [Symbol.asyncDispose]: close } = await openArms(options, layout);
  return {
    started,
    prove: (id, phase) => {
      const [subject, lane] = [armOf(arms, id), laneOf(id)];
      const prove = () => proveArm(subject, layout.restart, phase, options.signal);
      return lane.run(() => orDeath(workloadsOf(subject, lane), prove, isProven));
    },
    probeLimit: async (id) => (isFirstOfFamily(options, layout) ? await probeArm(armOf(arms, id)) : []),
    run: (slice) => {
      const subject = armOf(arms, slice.arm);
      return orDeath(workloadsOf(subject), () => runSlice(subject, slice, options), isAnswered);
    },
    [Symbol.asyncDispose]: close,
  };
}

/**
 * Starts the arms of a restart, one after another. That one fails is in what `started` says of it.
 * @throws FailedError where an upstream does not start; InterruptedError. Nothing is left then.
 */
export async function openArms(options: EnvoyExecutorOptions, layout: Layout): Promise<OpenedArms> {
  const scenario = options.scenarios.get(layout.scenario);
  if (!scenario) throw new Error(`scenario ${layout.scenario} was not loaded`);
  const lanes = await openProofLanes(options, scenario);
  const upstreams = lanes.map(({ echo }) => echo);
  const arms = new Map<string, ArmUnderTest>();
  const started: Evidence[] = [];
  const close = () => closeAll(upstreams, arms);
  try {
    const upstream = usesUpstream(scenario) ? await startSink(options, scenario) : null;
    if (upstream) upstreams.push(upstream);
    const context: Omit<ArmContext, 'echo' | 'envoy'> = {
      ...options,
      scenario,
      upstream: upstream?.peerAddress('listen') ?? null,
      envPadding: 'x'.repeat(layout.envPaddingBytes),
    };
    const mix = drawMix(scenario, seededRandom(layout.seed, 'mix'));
    // One after another, so that each start is timed alone.
    for (const [position, arm] of layout.arms.entries()) {
      const variant = options.variants.find(({ id }) => id === arm.variant) ?? null;
      const { echo } = laneAt(lanes, position);
      const own = { ...context, envoy: envoyOf(options, arm), echo: echo.peerAddress('listen') };
      const opened = await openArm(own, layout.restart, arm, variant);
      started.push(...opened.evidence);
      if (opened.running) {
        const target = { envoy: opened.running.envoy.listener, echoAdmin: echo.address('admin') };
        arms.set(arm.id, {
          arm,
          variant,
          running: opened.running,
          upstream,
          target,
          mix,
          scenario,
          load: { served: 0, aborted: 0 },
        });
      }
    }
  } catch (error) {
    await close();
    throw error;
  }
  const laneOf = (id: string) =>
    laneAt(
      lanes,
      layout.arms.findIndex((arm) => arm.id === id),
    );
  return { started, arms, laneOf, [Symbol.asyncDispose]: close };
}

function envoyOf({ envoys }: EnvoyExecutorOptions, { id, envoy: version }: ArmIdentity): EnvoyAt {
  const envoy = envoys.find((each) => each.version === version);
  if (!envoy) throw new Error(`arm ${id} is on an Envoy that was not resolved`);
  return envoy;
}

function laneAt(lanes: readonly ProofLane[], position: number): ProofLane {
  const lane = lanes[position % lanes.length];
  if (!lane) throw new RangeError(`no lane for arm ${position}`);
  return lane;
}

// A series has one limit, and a MiB of load says no more about it than a KiB.
function isFirstOfFamily({ scenarios }: EnvoyExecutorOptions, { scenario }: Layout): boolean {
  const family = scenarios.get(scenario)?.family;
  return [...scenarios.values()].find((other) => other.family === family)?.name === scenario;
}

function workloadsOf({ running, upstream }: ArmUnderTest, lane?: ProofLane) {
  const own = [running.envoy.workload, ...(running.server ? [running.server] : [])];
  return { own, shared: [upstream, lane?.echo ?? null].filter((one) => one !== null) };
}

function isProven(evidence: readonly Evidence[]): boolean {
  return evidence.every(({ passed }) => passed);
}

function isAnswered({ bad, requests }: Sample): boolean {
  return bad === 0 && requests > 0;
}

function armOf(arms: ReadonlyMap<string, ArmUnderTest>, id: string): ArmUnderTest {
  const arm = arms.get(id);
  if (!arm) throw new Error(`arm ${id} is not alive`);
  return arm;
}

async function closeAll(
  upstreams: readonly RunningWorkload[],
  arms: ReadonlyMap<string, ArmUnderTest>,
): Promise<void> {
  await Promise.all([...arms.values()].map(({ running }) => running[Symbol.asyncDispose]()));
  await Promise.all(upstreams.map((upstream) => upstream.stop()));
}
