import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { addedByRoute } from '../envoy/load-route.js';
import { bodyBytes } from '../load/body-bytes.js';
import type { WireRequest } from '../load/slice.js';
import {
  type CounterRule,
  type Counters,
  checkCounters,
  everyArm,
  type Variant,
} from '../mechanisms/index.js';
import type { ArmIdentity, Evidence } from '../results/schema/index.js';
import { fetchJson } from '../runtime/fetch-json.js';
import type { RunningWorkload, TcpAddress } from '../runtime/types.js';
import type { ConcreteRequest } from '../scenarios/mix.js';
import { type CaseOutcome, type ProofTarget, proveCase, proveLoadRequest } from '../scenarios/prove.js';
import { type Scenario, usesUpstream } from '../scenarios/scenario.js';
import type { ScenarioCase } from '../scenarios/schema.js';
import type { ProofPhase } from '../schedule/executor.js';
import type { RunningArm } from './arm.js';

/** A living arm with what its proofs need, and the load that it has had so far. */
export interface ArmUnderTest {
  readonly arm: ArmIdentity;
  /** Null for the baseline. */
  readonly variant: Variant | null;
  readonly running: RunningArm;
  /** Where its load goes on to; null where its Envoy answers it. */
  readonly upstream: RunningWorkload | null;
  readonly target: ProofTarget;
  readonly scenario: Scenario;
  readonly mix: readonly ConcreteRequest[];
  load: { served: number; aborted: number };
  /** The mix as it goes over the wire; known once every request of it was proven. */
  wire?: readonly WireRequest[];
  countersBefore?: ReadonlyMap<string, number>;
}

/**
 * Runs the scenario's cases on a living arm; after load also compares its counters with the requests served. The first
 * failure ends it: a filter that hangs would cost a time-out for every further case.
 */
export async function proveArm(
  subject: ArmUnderTest,
  restart: number,
  phase: ProofPhase,
  signal: AbortSignal,
): Promise<Evidence[]> {
  const about = { schema: 'filterbench/evidence@1', arm: subject.arm.id, restart } as const;
  const evidence: Evidence[] = [];
  if (phase === 'after-load') evidence.push(await countersEvidence(subject, about));
  if (evidence.some(({ passed }) => !passed)) return evidence;
  const hasBodies = usesUpstream(subject.scenario);
  for (const item of subject.scenario.cases) {
    signal.throwIfAborted();
    if (Object.hasOwn(item.exceptFor ?? {}, subject.arm.variant)) continue;
    const { problem, request, observed } = await proveCase(
      subject.target,
      forArm(item, subject.arm),
      hasBodies,
    );
    const what = { kind: 'proof', phase, case: item.name, route: 'probe' } as const;
    evidence.push({
      ...about,
      ...what,
      passed: problem === null,
      problem,
      ...kept(restart, { problem, request, observed }),
    });
    if (problem !== null) return evidence;
  }
  const wire: WireRequest[] = [];
  for (const request of subject.mix) {
    signal.throwIfAborted();
    const known = wire.find((other) => isSame(other, request));
    if (known) {
      wire.push(known);
      continue;
    }
    const outcome = await proveLoadRequest(subject.target, forBaseline(request, subject));
    const { problem } = outcome;
    const what = { kind: 'proof', phase, case: 'load mix', route: 'load' } as const;
    evidence.push({ ...about, ...what, passed: problem === null, problem, ...kept(restart, outcome) });
    if (!outcome.wire) return evidence;
    wire.push(outcome.wire);
  }
  subject.wire = wire;
  if (phase === 'before-load') {
    // In this order, and the other way round after load: asking through the filter is a request, too.
    const own = await ownCounters(subject);
    subject.countersBefore = new Map([...own, ...(await settledCounters(subject))]);
  }
  return evidence;
}

/** What was sent and what came of it: whole in the first restart, later only where it failed, for it would be the same again. */
function kept(
  restart: number,
  { problem, request, observed }: CaseOutcome,
): Pick<CaseOutcome, 'request' | 'observed'> {
  return restart === 0 || problem !== null ? { request, observed } : { request: null, observed: null };
}

function isSame(a: WireRequest, b: ConcreteRequest): boolean {
  return (
    a.method === b.method &&
    JSON.stringify(a.headers) === JSON.stringify(b.headers) &&
    JSON.stringify(a.body) === JSON.stringify(b.body)
  );
}

/** Baselines pass everything on unchanged, whether they wait for bodies or not: that is what must come out of them. */
function forArm(item: ScenarioCase, arm: ArmIdentity): ScenarioCase {
  if (arm.mechanism !== 'baseline') return item;
  const { headers } = item.request;
  return {
    ...item,
    expect: {
      upstream: { headers: { ...headers, ...addedByRoute(headers) } },
      client: { status: 200, headers: {} },
    },
  };
}

function forBaseline(request: ConcreteRequest, { arm, scenario }: ArmUnderTest): ConcreteRequest {
  if (arm.mechanism !== 'baseline') return request;
  const body = scenario.answer ? bodyBytes(scenario.answer).toString('latin1') : 'ok';
  return { ...request, expect: { status: 200, headers: {}, body } };
}

async function countersEvidence(
  subject: ArmUnderTest,
  about: { schema: 'filterbench/evidence@1'; arm: string; restart: number },
): Promise<Evidence> {
  const { arm, variant, running, scenario, load, countersBefore = new Map() } = subject;
  const job = { scenario, envoyVersion: arm.envoy };
  const rules: readonly CounterRule[] = [...everyArm, ...(variant?.counters(job) ?? [])];
  const { after, problems } = await settleCounters(subject, (now) =>
    checkCounters(rules, countersBefore, now, load, arm.envoy),
  );
  const counters = Object.fromEntries(
    [...after, ...(await ownCounters(subject))]
      .map(([name, value]): [string, number] => [name, value - (countersBefore.get(name) ?? 0)])
      .filter(
        ([name, grown]) =>
          grown !== 0 && /^http\.bench\.|^ext_server\.|^calibration\.|wasm|lua|dynamic_module/.test(name),
      ),
  );
  return {
    ...about,
    kind: 'counters',
    passed: problems.length === 0,
    problem: problems.join('; ') || null,
    ...load,
    counters,
    pssMiB: await running.envoy.workload.pssMiB(),
    serverPssMiB: (await running.server?.pssMiB()) ?? null,
  };
}

async function ownCounters({ variant, target }: ArmUnderTest): Promise<Map<string, number>> {
  return new Map(Object.entries((await variant?.ownCounters?.(target)) ?? {}));
}

// A server counts a stream when it ends, some ms after the last answer.
const settleTries = 20;
const settleEveryMs = 25;
const serverRequests = 'ext_server.requests';

/** The counters once its server has counted what it was last sent. */
async function settledCounters(subject: ArmUnderTest): Promise<Counters> {
  let counters = await readCounters(subject);
  for (let tries = 1; subject.running.server && tries < settleTries; tries += 1) {
    await sleep(settleEveryMs);
    const before = counters.get(serverRequests);
    counters = await readCounters(subject);
    if (counters.get(serverRequests) === before) break;
  }
  return counters;
}

async function settleCounters(
  subject: ArmUnderTest,
  check: (counters: Counters) => string[],
): Promise<{ after: Counters; problems: string[] }> {
  for (let tries = 1; ; tries += 1) {
    const after = await readCounters(subject);
    const problems = check(after);
    if (problems.length === 0 || tries === settleTries) return { after, problems };
    await sleep(settleEveryMs);
  }
}

async function readCounters({ running: { envoy, server } }: ArmUnderTest): Promise<Counters> {
  const counters = await envoy.counters();
  // A user's own server is asked nothing.
  if (!server?.spec.ports.includes('admin')) return counters;
  const own = await readServerCounters(server.address('admin'));
  return new Map([
    ...counters,
    ...Object.entries(own).map(([name, value]): [string, number] => [`ext_server.${name}`, value]),
  ]);
}

function readServerCounters({ host, port }: TcpAddress): Promise<Record<string, number>> {
  return fetchJson(`http://${host}:${port}/count`, z.record(z.string(), z.number()), {
    who: 'the server',
    what: "the external server's counters",
  });
}
