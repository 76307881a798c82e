import { anywhere } from '../../../src/compat/attempt.js';
import { inLanes } from '../../../src/compat/lanes.js';
import { resolveEnvoy } from '../../../src/envoy/binary/index.js';
import { readBase } from '../../../src/envoy/config.js';
import { variants } from '../../../src/mechanisms/index.js';
import { nativeRuntime } from '../../../src/runtime/native.js';
import { randomPorts } from '../../../src/runtime/ports.js';
import { openScratch } from '../../../src/runtime/scratch.js';
import type { TcpAddress } from '../../../src/runtime/types.js';
import type { Scenario } from '../../../src/scenarios/scenario.js';
import { type ArmContext, startArm } from '../../../src/session/arm.js';
import { armIdentity } from '../../support/arm-identity.js';
import { type ArmConnection, connectTo } from './exchange.js';

export interface LivingArm {
  readonly variant: string;
  readonly connection: ArmConnection;
}

/** All arms of one scenario, alive. */
export interface LivingArms extends AsyncDisposable {
  readonly arms: readonly LivingArm[];
}

const envoyVersion = '1.40.0';
// Enough to keep both cores busy without a start that waits past its time.
const startedAtOnce = 4;

/** Starts a real Envoy for every variant that does the scenario's job, each with `upstream` behind it. */
export async function startArms(scenario: Scenario, upstream: TcpAddress): Promise<LivingArms> {
  const scratch = openScratch(`test-${process.pid}-${scenario.name}`);
  const runtime = nativeRuntime({ scratch, ports: randomPorts(Math.random) });
  const arms: LivingArm[] = [];
  const close = async () => {
    for (const { connection } of arms) connection[Symbol.dispose]();
    // The runtime ends all that it started.
    await runtime[Symbol.asyncDispose]();
    scratch[Symbol.dispose]();
  };
  try {
    const context: ArmContext = {
      runtime,
      envoy: await resolveEnvoy(envoyVersion),
      base: await readBase(),
      scenario,
      placement: anywhere,
      workers: 1,
      echo: upstream,
      upstream,
      envPadding: '',
      signal: new AbortController().signal,
    };
    const able = variants.filter(
      (variant) => variant.support({ scenario, envoyVersion }).status === 'supported',
    );
    const started = await inLanes(able, startedAtOnce, async (variant): Promise<LivingArm> => {
      const arm = armIdentity(variant, scenario.name, { envoy: envoyVersion, runtime: 'native' });
      const { envoy } = await startArm(context, arm, variant);
      return { variant: variant.id, connection: connectTo(envoy.listener) };
    });
    arms.push(...started);
    return { arms, [Symbol.asyncDispose]: close };
  } catch (error) {
    await close();
    throw error;
  }
}
