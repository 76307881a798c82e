import { anywhere } from '../../src/compat/attempt.js';
import { resolveEnvoy } from '../../src/envoy/binary/index.js';
import { readBase } from '../../src/envoy/config.js';
import { startGenerator } from '../../src/load/generator/process.js';
import type { Variant } from '../../src/mechanisms/index.js';
import { type ArmVerdict, judgeArm } from '../../src/results/analyse/arm-status.js';
import type { Evidence, Sample } from '../../src/results/schema/index.js';
import { sliceTable, totalsOf } from '../../src/results/slices/index.js';
import { nativeRuntime } from '../../src/runtime/native.js';
import { randomPorts } from '../../src/runtime/ports.js';
import { openScratch } from '../../src/runtime/scratch.js';
import type { Runtime } from '../../src/runtime/types.js';
import { loadScenarios } from '../../src/scenarios/load.js';
import { envoyExecutor } from '../../src/session/executor.js';
import { armIdentity } from './arm-identity.js';

export interface OneArm {
  readonly verdict: ArmVerdict;
  readonly evidence: readonly Evidence[];
  readonly samples: readonly Sample[];
}

/** Starts one arm on a real Envoy, proves it, drives two slices, proves it again, and judges it as a run would. */
export async function tryArm(
  variant: Variant,
  scenarioName: string,
  {
    envoyVersion = '1.40.0',
    runtime: given,
    aboveLimit = false,
  }: { envoyVersion?: string; runtime?: Runtime; aboveLimit?: boolean } = {},
): Promise<OneArm> {
  const [scenario] = await loadScenarios([scenarioName]);
  const envoy = await resolveEnvoy(envoyVersion);
  using scratch = openScratch(`test-${process.pid}-${Math.random().toString(36).slice(2, 8)}`);
  await using own = nativeRuntime({ scratch, ports: randomPorts(Math.random) });
  const runtime = given ?? own;
  await using generator = await startGenerator([]);
  const executor = envoyExecutor({
    runtime,
    envoys: [envoy],
    base: await readBase(),
    scenarios: new Map([[scenarioName, scenario!]]),
    variants: [variant],
    generator,
    placement: anywhere,
    workers: 1,
    client: 'sockets',
    signal: new AbortController().signal,
  });
  const arm = armIdentity(variant, scenarioName, { envoy: envoyVersion, runtime: runtime.kind });
  await using session = await executor.openRestart({
    restart: 0,
    scenario: scenarioName,
    arms: [arm],
    envPaddingBytes: 0,
    seed: 1,
  });
  const evidence = [...session.started];
  const samples: Sample[] = [];
  const failed = () => evidence.some(({ passed }) => !passed);
  if (!failed()) evidence.push(...(await session.prove(arm.id, 'before-load')));
  if (!failed()) {
    const slice = { arm: arm.id, restart: 0, block: 0, purpose: 'measure', windowMs: 60, seed: 1 } as const;
    const load = { loop: 'closed', connections: 4, workers: 1 } as const;
    for (const round of [0, 1]) samples.push(await session.run({ ...slice, round, load }));
    evidence.push(...(await session.prove(arm.id, 'after-load')));
    if (aboveLimit) evidence.push(...(await session.probeLimit(arm.id)));
  }
  return { verdict: judgeArm(evidence, totalsOf(sliceTable(samples).cells)), evidence, samples };
}
