import { validateConfig } from '../envoy/running.js';
import { FailedError } from '../errors.js';
import type { Variant } from '../mechanisms/index.js';
import type { ArmIdentity, Evidence, EvidenceOf } from '../results/schema/index.js';
import { type ArmContext, envoySpec, type RunningArm, startArm } from './arm.js';

/** An arm that was started, or why it could not be. */
export interface OpenedArm {
  readonly evidence: readonly Evidence[];
  readonly running: RunningArm | null;
}

/**
 * Validates (in the first restart) and starts one arm. That it fails is an outcome of the arm; bad input and an interrupt
 * end the run.
 */
export async function openArm(
  context: ArmContext,
  restart: number,
  arm: ArmIdentity,
  variant: Variant | null,
): Promise<OpenedArm> {
  const about = { schema: 'filterbench/evidence@1', arm: arm.id, restart } as const;
  const evidence: Evidence[] = [];
  try {
    if (restart === 0) {
      const validation = await validateArm(context, about, arm, variant);
      evidence.push(validation);
      if (!validation.passed) return { evidence, running: null };
    }
    const running = await startArm(context, arm, variant);
    const startMs = running.envoy.workload.startMs + (running.server?.startMs ?? 0);
    evidence.push({ ...about, kind: 'start', passed: true, problem: null, startMs });
    return { evidence, running };
  } catch (error) {
    if (!(error instanceof FailedError)) throw error;
    evidence.push({ ...about, kind: 'start', passed: false, problem: error.message, startMs: null });
    return { evidence, running: null };
  }
}

const keptOutputChars = 2_000;

async function validateArm(
  context: ArmContext,
  about: { schema: 'filterbench/evidence@1'; arm: string; restart: number },
  arm: ArmIdentity,
  variant: Variant | null,
): Promise<EvidenceOf<'validate'>> {
  const spec = await envoySpec(context, arm, variant, null);
  let config = '';
  const remembering = {
    ...spec,
    name: `${spec.name}-validate`,
    cpus: [],
    config: (inside: Parameters<typeof spec.config>[0]) => {
      config = spec.config(inside);
      return config;
    },
  };
  const { accepted, output } = await validateConfig(context.runtime, remembering, context.signal);
  const problem = accepted ? null : `Envoy refuses the configuration: ${lastLine(output)}`;
  const lacks = accepted ? null : lackingExtension(output, variant?.extensions ?? []);
  return {
    ...about,
    kind: 'validate',
    passed: accepted,
    problem,
    lacks,
    output: output.slice(-keptOutputChars),
    config,
  };
}

// What Envoy says where a build was made without an extension. A name that the variant doesn't declare is a slip in its
// configuration, not a lack of the build.
const lackingPatterns = [
  /Failed to create Wasm VM using (\S+) runtime\. Envoy was compiled without support/,
  /Didn't find a registered implementation for '?([\w.]+)/,
  /could not find @type '?type\.googleapis\.com\/([\w.]+)/,
];

/** The declared extension that an Envoy build lacks, going by what it printed. */
export function lackingExtension(output: string, extensions: readonly string[]): string | null {
  const names = lackingPatterns.map((pattern) => pattern.exec(output)?.[1]);
  return names.find((name) => name !== undefined && extensions.includes(name)) ?? null;
}

function lastLine(output: string): string {
  return output.trim().split('\n').at(-1)?.slice(0, keptOutputChars) ?? '';
}
