import { describeArtefacts } from '../filters/used.js';
import { prebuilt } from '../mechanisms/prebuilt.js';
import {
  type ArtefactUsed,
  type CompatVerdict,
  type Evidence,
  type EvidenceOf,
  isUsable,
} from '../results/schema/index.js';
import type { Scenario } from '../scenarios/load.js';
import { type Attempted, type AttemptParts, attempt, type EnvoyToTry, identityOf } from './attempt.js';
import type { CompatCache, Found } from './cache.js';
import { withBareFileNames } from './envoy-log.js';
import { keyOf, startOf } from './key.js';
import { judge, worstOf } from './outcome.js';
import type { Subject } from './subject.js';

/** What cells are found out with. */
export interface CellParts extends AttemptParts {
  readonly cache: CompatCache;
  /** True: what was found out before does not count. */
  readonly fresh: boolean;
}

/** A subject on an Envoy. */
export interface Pairing {
  readonly envoy: EnvoyToTry;
  readonly subject: Subject;
  /** What this Envoy warns of without any filter; null: warnings say nothing. */
  readonly ambient: readonly string[] | null;
}

/**
 * Finds out what becomes of a subject on an Envoy: from the cache, else by starting it.
 * @throws FailedError where something else than Envoy does not start; InterruptedError.
 */
export async function findOut(parts: CellParts, pairing: Pairing): Promise<Found> {
  const { envoy, subject } = pairing;
  const artefacts = await describeArtefacts([...subject.files, prebuilt.upstream]);
  const key = await keyOf(parts.base, envoy, subject, artefacts);
  const known = parts.fresh ? undefined : parts.cache.look(key);
  if (known) return { ...known, cell: { ...known.cell, envoy: envoy.label, cached: true } };
  const { verdicts, evidence } = await tryScenarios(parts, pairing, artefacts);
  const found: Found = {
    schema: 'filterbench/compat-cell@1',
    cell: {
      subject: subject.id,
      envoy: envoy.label,
      ...worstOf(verdicts),
      scenarios: subject.scenarios.slice(0, verdicts.length).map(({ name }) => name),
      key,
      triedAt: new Date().toISOString(),
      cached: false,
    },
    evidence,
  };
  // A case may also fail because the machine was busy: that is not believed for good.
  if (found.cell.outcome === 'misbehaves') parts.cache.forget(key);
  else parts.cache.keep(found);
  return found;
}

/** One scenario after another, until one goes wrong. */
async function tryScenarios(
  parts: CellParts,
  pairing: Pairing,
  artefacts: readonly ArtefactUsed[],
): Promise<{ verdicts: CompatVerdict[]; evidence: Evidence[] }> {
  const { envoy, subject, ambient } = pairing;
  const verdicts: CompatVerdict[] = [];
  const evidence: Evidence[] = [];
  for (const scenario of subject.scenarios) {
    const attempted = await attempt(parts, envoy, subject, scenario);
    const verdict = judge(attempted, { extensions: subject.variant?.extensions ?? [], ambient });
    verdicts.push(verdict);
    const { config } = await startOf(parts.base, envoy, subject, scenario);
    evidence.push(
      ...attempted.proofs,
      startEvidence(pairing, scenario, attempted, verdict, { config, artefacts }),
    );
    if (!isUsable(verdict)) break;
  }
  return { verdicts, evidence };
}

function startEvidence(
  { envoy, subject }: Pairing,
  scenario: Scenario,
  { startMs, exit, log }: Attempted,
  verdict: CompatVerdict,
  { config, artefacts }: { readonly config: string; readonly artefacts: readonly ArtefactUsed[] },
): EvidenceOf<'compat'> {
  const passed = isUsable(verdict);
  return {
    schema: 'filterbench/evidence@1',
    arm: identityOf(subject, envoy, scenario).id,
    restart: null,
    passed,
    problem: passed ? null : `${verdict.outcome}: ${verdict.words}`,
    kind: 'compat',
    scenario: scenario.name,
    ...verdict,
    startMs,
    ended: exit && { ...exit },
    envoySha256: envoy.sha256,
    artefacts: [...artefacts],
    config,
    log: withBareFileNames(log),
  };
}
