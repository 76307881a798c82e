import { attempt } from '../compat/attempt.js';
import { withBareFileNames } from '../compat/envoy-log.js';
import { startOf } from '../compat/key.js';
import { judge, worstOf } from '../compat/outcome.js';
import type { Subject } from '../compat/subject.js';
import { type Variant, variants } from '../mechanisms/index.js';
import { type CompatVerdict, type Evidence, isUsable } from '../results/schema/index.js';
import { loadScenarios, type Scenario } from '../scenarios/load.js';
import { type Probe, type ProbeParts, probeEvidence } from './probe.js';

// Headers, then a whole body.
const scenarioNames = ['headers', 'inspect-1k'];

const claimOf = {
  wasm: 'cap-wasm-languages',
  'dynamic-module': 'cap-dynmod-languages',
} as const;

function languageProbe(variant: Variant, claim: string): Probe {
  const id = `language/${variant.id}`;
  const claims = [claim];
  const question = `does the same filter as ${variant.id} load and pass its cases?`;
  return {
    id,
    claims,
    question,
    async run(parts) {
      const scenarios = await loadScenarios(scenarioNames);
      const about = { id, claims, question };
      const unable = scenarios
        .map((scenario) => variant.support({ scenario, envoyVersion: parts.envoy.version }))
        .find(({ status }) => status !== 'supported');
      if (unable && unable.status !== 'supported') {
        const facts = {
          works: false,
          outcome: unable.status,
          casesPassed: null,
          casesFailed: null,
          startMs: null,
        };
        return [probeEvidence(about, parts.envoy, { facts, words: unable.reason, config: '', log: '' })];
      }
      const { verdicts, proofs, last } = await tryAll(parts, subjectOf(variant, scenarios));
      const verdict = worstOf(verdicts);
      const facts = {
        works: isUsable(verdict) && verdicts.length === scenarios.length,
        outcome: verdict.outcome,
        casesPassed: proofs.filter(({ passed }) => passed).length,
        casesFailed: proofs.filter(({ passed }) => !passed).length,
        startMs: last.startMs === null ? null : Math.round(last.startMs),
      };
      return [...proofs, probeEvidence(about, parts.envoy, { facts, words: verdict.words, ...last })];
    },
  };
}

interface Last {
  readonly startMs: number | null;
  readonly config: string;
  readonly log: string;
}

/** One scenario after another, until one goes wrong. */
async function tryAll(parts: ProbeParts, subject: Subject) {
  const envoy = { ...parts.envoy, label: parts.envoy.version };
  const verdicts: CompatVerdict[] = [];
  const proofs: Evidence[] = [];
  let last: Last = { startMs: null, config: '', log: '' };
  for (const scenario of subject.scenarios) {
    const attempted = await attempt(parts, envoy, subject, scenario);
    const extensions = subject.variant?.extensions ?? [];
    const verdict = judge(attempted, { extensions, ambient: null });
    const { config } = await startOf(parts.base, envoy, subject, scenario);
    verdicts.push(verdict);
    proofs.push(...attempted.proofs);
    last = { startMs: attempted.startMs, config, log: withBareFileNames(attempted.log) };
    if (!isUsable(verdict)) break;
  }
  return { verdicts, proofs, last };
}

function subjectOf(variant: Variant, scenarios: readonly Scenario[]): Subject {
  const { id, mechanism } = variant;
  return { id, group: id, name: null, mechanism, variant, scenarios, files: [] };
}

/** The same filter in each language that it is written in, inside Envoy. */
export const languageProbes: readonly Probe[] = variants.flatMap((variant) => {
  const { mechanism } = variant;
  return mechanism === 'wasm' || mechanism === 'dynamic-module'
    ? [languageProbe(variant, claimOf[mechanism])]
    : [];
});
