import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { RunningWorkload, Runtime } from '../../src/runtime/types.js';
import { loadScenarios, type Scenario } from '../../src/scenarios/load.js';
import { openProofLanes } from '../../src/session/proof-lanes.js';

const [noop, inspect] = (await loadScenarios(['noop', 'inspect-1k'])) as [Scenario, Scenario];

/** A runtime whose upstreams start at once, but for one that fails. */
function fakeRuntime({ kind = 'native', failing = 0 }: { kind?: Runtime['kind']; failing?: number } = {}) {
  let [started, living] = [0, 0];
  const start = async () => {
    started += 1;
    const number = started;
    await sleep(number);
    if (number === failing) throw new Error('it does not start');
    living += 1;
    const stop = async () => {
      living -= 1;
    };
    return { stop } as unknown as RunningWorkload;
  };
  const runtime = { kind, start } as unknown as Runtime;
  const placement = {
    ...{ envoyCpus: [], serverCpus: [], generatorCpus: [], upstreamCpus: [] },
    ...{ serverSharesEnvoy: false, pinned: false },
  };
  const context = { runtime, placement, signal: new AbortController().signal };
  return { context, living: () => living };
}

describe('the lanes of proofs', () => {
  it('are several with bodies, whose proofs wait most of their time, and one without or in containers', async () => {
    const lanes = async (scenario: Scenario, kind: Runtime['kind'] = 'native') =>
      (await openProofLanes(fakeRuntime({ kind }).context, scenario)).length;
    expect(await lanes(inspect)).toBeGreaterThan(1);
    expect(await lanes(noop)).toBe(1);
    expect(await lanes(inspect, 'docker')).toBe(1);
  });

  it('prove one after another in a lane, also after one that fails, and side by side in several', async () => {
    const [first, second] = await openProofLanes(fakeRuntime().context, inspect);
    const events: string[] = [];
    const proof =
      (name: string, fails = false) =>
      async () => {
        events.push(`${name} begins`);
        await sleep(20);
        events.push(`${name} ends`);
        if (fails) throw new Error(name);
        return name;
      };
    const outcomes = await Promise.allSettled([
      first!.run(proof('a', true)),
      first!.run(proof('b')),
      second!.run(proof('c')),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    expect(events.slice(0, 2).toSorted()).toEqual(['a begins', 'c begins']);
    expect(events.indexOf('b begins')).toBeGreaterThan(events.indexOf('a ends'));
  });

  it('leave no upstream where one does not start', async () => {
    const { context, living } = fakeRuntime({ failing: 2 });
    await expect(openProofLanes(context, inspect)).rejects.toThrow('it does not start');
    expect(living()).toBe(0);
  });
});
