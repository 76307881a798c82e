import { type ConfigBase, composeConfig, readFragment } from '../envoy/config.js';
import { type EnvoySpec, type RunningEnvoy, startEnvoy } from '../envoy/running.js';
import type { Variant } from '../mechanisms/index.js';
import type { ArmIdentity, Placement } from '../results/schema/index.js';
import type { Inside, RunningWorkload, Runtime, TcpAddress } from '../runtime/types.js';
import { jobOfLink, linksOf, type Scenario } from '../scenarios/scenario.js';
import type { Variables } from '../template.js';
import { addressVariables } from './envoy-address.js';
import { startServer } from './server.js';

/** An Envoy that was found: its program, as the runtime starts it. */
export interface EnvoyAt {
  readonly version: string;
  readonly path: string;
}

/** What every arm of a restart shares. */
export interface ArmContext {
  readonly runtime: Runtime;
  readonly envoy: EnvoyAt;
  readonly base: ConfigBase;
  readonly scenario: Scenario;
  readonly placement: Placement;
  readonly workers: number;
  readonly echo: TcpAddress;
  /** Where load goes on to; null where Envoy answers it itself. */
  readonly upstream: TcpAddress | null;
  readonly envPadding: string;
  /** What external servers have in their environment besides. */
  readonly serverEnv?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** An arm that is alive: its Envoy, and its external server where it has one. */
export interface RunningArm extends AsyncDisposable {
  readonly envoy: RunningEnvoy;
  readonly server: RunningWorkload | null;
}

/** Names of workloads and files allow fewer characters than ids of arms. */
export function workloadName(arm: ArmIdentity): string {
  const twin = arm.twinOf === null ? '' : '-twin';
  return `${arm.scenario}-${arm.variant.replaceAll(/[/+]/g, '-')}${twin}`;
}

/**
 * Starts an arm: its external server first, then its Envoy.
 * @throws FailedError where either does not get ready; nothing of it is left then.
 */
export async function startArm(
  context: ArmContext,
  arm: ArmIdentity,
  variant: Variant | null,
): Promise<RunningArm> {
  const server = await startServer(context, arm, variant);
  try {
    const spec = await envoySpec(context, arm, variant, server);
    const envoy = await startEnvoy(context.runtime, spec, context.signal);
    return {
      envoy,
      server,
      async [Symbol.asyncDispose]() {
        await envoy.workload.stop();
        await server?.stop();
      },
    };
  } catch (error) {
    await server?.stop();
    throw error;
  }
}

/** How an arm's Envoy is started; `variant` is null for the baseline. */
export async function envoySpec(
  context: Omit<ArmContext, 'runtime' | 'signal'>,
  arm: ArmIdentity,
  variant: Variant | null,
  server: RunningWorkload | null,
): Promise<EnvoySpec> {
  const { scenario, envoy } = context;
  const job = { scenario, envoyVersion: envoy.version };
  const fragment = variant?.fragment ?? (await readFragment(variant?.config ?? 'baseline', scenario.family));
  const links = Array.from({ length: linksOf(scenario) }, (_, index) => index + 1);
  const variables = (inside: Inside, link: number): Variables => ({
    ...scenario.tables,
    link: String(link),
    job: JSON.stringify(variant?.job ?? jobOfLink(scenario, link)),
    runtime_flags: {},
    ...addressVariables(inside, {
      echo: context.echo,
      upstream: context.upstream,
      server: variant?.server ? serverAddress(variant, server, inside, arm) : null,
    }),
    ...variant?.variables({ ...job, link }, inside),
  });
  return {
    name: workloadName(arm),
    program: envoy.path,
    version: envoy.version,
    cpus: context.placement.envoyCpus,
    workers: context.workers,
    reads: variant?.artefacts(job) ?? [],
    files: Object.fromEntries(
      links.flatMap((link) => Object.entries(variant?.files?.({ ...job, link }) ?? {})),
    ),
    config: (inside) =>
      composeConfig(
        context.base,
        fragment,
        variables(inside, 1),
        links.map((link) => variables(inside, link)),
      ),
    env: (inside) => ({
      FILTERBENCH_PADDING: context.envPadding,
      ...(variant?.server?.protocol === 'helper' && { FILTERBENCH_HELPER: inside.socket(workloadName(arm)) }),
      ...variant?.env(job, inside),
    }),
  };
}

function serverAddress(variant: Variant, server: RunningWorkload | null, inside: Inside, arm: ArmIdentity) {
  if (variant.server?.transport === 'uds') return { socket: inside.socket(workloadName(arm)) };
  // Validation runs without the server; any address will do.
  return server?.peerAddress('listen') ?? { host: '127.0.0.1', port: 1 };
}
