import type { ConfigBase } from '../envoy/config.js';
import { FailedError } from '../errors.js';
import type { GeneratorSubject } from '../load/calibration/measure-generator.js';
import type { Generator } from '../load/generator/process.js';
import type { ArmIdentity, Placement } from '../results/schema/index.js';
import type { Runtime } from '../runtime/types.js';
import type { Scenario } from '../scenarios/load.js';
import { drawMix } from '../scenarios/mix.js';
import { proveLoadRequest } from '../scenarios/prove.js';
import { type EnvoyAt, startArm } from './arm.js';
import { startEcho } from './server.js';

/** What a lone baseline is started with. */
export interface LoneBaselineOptions {
  readonly runtime: Runtime;
  readonly generator: Generator;
  readonly envoy: EnvoyAt;
  readonly base: ConfigBase;
  /** Whose load is a GET without headers of its own. */
  readonly scenario: Scenario;
  readonly placement: Placement;
  readonly signal: AbortSignal;
}

/**
 * Starts an Envoy without a filter, works with it as the target of the generator, and ends it.
 * @throws FailedError where it does not start or does not answer as it should.
 */
export async function withLoneBaseline<T>(
  options: LoneBaselineOptions,
  work: (subject: GeneratorSubject) => Promise<T>,
): Promise<T> {
  const { scenario, generator, placement } = options;
  await using echo = await startEcho(options);
  const context = {
    ...options,
    workers: 1,
    echo: echo.peerAddress('listen'),
    upstream: null,
    envPadding: '',
  };
  await using running = await startArm(context, identity(options), null);
  const { listener, workload } = running.envoy;
  const target = { envoy: listener, echoAdmin: echo.address('admin') };
  const [request] = drawMix(scenario, Math.random);
  const proven = request && (await proveLoadRequest(target, request));
  if (!proven?.wire)
    throw new FailedError(
      `the baseline does not answer: ${proven?.problem}`,
      'run "filterbench bench --prove-only"',
    );
  return await work({
    generator,
    target: listener,
    request: proven.wire,
    cpu: { envoy: workload.cpu, server: null, upstream: null },
    generatorCpus: placement.generatorCpus,
  });
}

function identity({ scenario, envoy, runtime }: LoneBaselineOptions): ArmIdentity {
  return {
    id: `${scenario.name}/baseline@${envoy.version}`,
    mechanism: 'baseline',
    variant: 'baseline',
    class: 'baseline',
    scenario: scenario.name,
    envoy: envoy.version,
    runtime: runtime.kind,
    twinOf: null,
  };
}
