import type { ConfigBase } from '../envoy/config.js';
import type { Evidence, EvidenceOf, Exchange, Facts } from '../results/schema/index.js';
import type { OpenNative } from '../runtime/native.js';
import type { PortAllocator } from '../runtime/ports.js';

/** The Envoy that is probed. */
export interface ProbedEnvoy {
  readonly version: string;
  readonly path: string;
  readonly sha256: string;
}

/** What every probe works with. */
export interface ProbeParts {
  readonly envoy: ProbedEnvoy;
  readonly base: ConfigBase;
  readonly openRuntime: OpenNative;
  readonly ports: PortAllocator;
  readonly signal: AbortSignal;
}

/** A question to a real Envoy, answered by what it does. */
export interface Probe {
  readonly id: string;
  /** The claims that its facts bear on. */
  readonly claims: readonly string[];
  /** What it asks, in one line. */
  readonly question: string;
  /** Works alone: other probes beside it would move its times. */
  readonly alone?: true;
  /**
   * @throws FailedError where something else than what is asked for goes wrong; InterruptedError.
   */
  run(parts: ProbeParts): Promise<Evidence[]>;
}

/** What evidence says of the probe itself. */
export type ProbeNames = Pick<Probe, 'id' | 'claims' | 'question'>;

/** What one probe found. */
export interface ProbeFindings {
  readonly facts: Facts;
  readonly exchanges?: readonly Exchange[];
  readonly words?: string | null;
  readonly config: string;
  readonly log: string;
}

/** A probe that asks one question. */
export function probeOf(
  { id, claims, question }: ProbeNames,
  find: (parts: ProbeParts) => Promise<ProbeFindings>,
): Probe {
  const probe = { id, claims, question };
  return {
    ...probe,
    run: async (parts) => [probeEvidence(probe, parts.envoy, await find(parts))],
  };
}

/** What evidence of a probe or of a swap begins with. */
export function aboutProbe(
  { id, claims, question }: ProbeNames,
  { version, sha256 }: ProbedEnvoy,
): Omit<EvidenceOf<'probe'>, 'kind' | 'facts' | 'log' | 'exchanges' | 'words' | 'config'> {
  return {
    schema: 'filterbench/evidence@1',
    arm: `${id}@${version}`,
    restart: null,
    passed: true,
    problem: null,
    probe: id,
    question,
    claims: [...claims],
    envoy: version,
    envoySha256: sha256,
  };
}

export function probeEvidence(
  probe: ProbeNames,
  envoy: ProbedEnvoy,
  { facts, exchanges = [], words = null, config, log }: ProbeFindings,
): EvidenceOf<'probe'> {
  const about = aboutProbe(probe, envoy);
  return { ...about, kind: 'probe', facts, exchanges: [...exchanges], words, config, log };
}

/** That a probe could not be carried out, and why: it says nothing of what it asks. */
export function failedProbe(probe: Probe, envoy: ProbedEnvoy, problem: string): EvidenceOf<'probe'> {
  const nothing = probeEvidence(probe, envoy, { facts: {}, config: '', log: '' });
  return { ...nothing, passed: false, problem };
}
