import type { PlannedArm } from '../results/analyse/index.js';
import type { Sample } from '../results/schema/index.js';
import { type Attempt, type SampledProcess, verdictOf } from './attempt.js';
import type { ArmProfile, ProcessProfile } from './result.js';
import { processProfile } from './shares.js';

// What grows less often than once in a thousand requests is no part of any.
const leastPerRequest = 0.001;

/** What was found of the arms of one scenario, in their order; `filesOf` says where stacks and pictures are. */
export function armProfiles(
  planned: readonly PlannedArm[],
  attempts: readonly Attempt[],
  filesOf: (attempt: Attempt) => ArmProfile['files'],
): ArmProfile[] {
  const baseline = attempts.find(({ arm }) => arm.variant === 'baseline');
  const envoyOfBaseline = baseline?.processes.map((process) => profileOf(process, baseline, null))[0] ?? null;
  return planned.map(({ identity: { id, variant, mechanism, scenario }, known }) => {
    const about = { id, variant, mechanism, scenario };
    const attempt = attempts.find(({ arm }) => arm.id === id);
    if (known || !attempt) {
      const { status, reason } = known ?? { status: 'invalid', reason: 'it was not started' };
      return { ...about, status, reason, requests: 0, processes: [], countersPerRequest: {}, files: null };
    }
    const requests = sum(attempt.samples, ({ requests: right }) => right);
    const hasSamples = requests > 0;
    return {
      ...about,
      ...verdictOf(attempt),
      requests,
      processes: hasSamples
        ? attempt.processes.map((process) =>
            profileOf(process, attempt, attempt === baseline ? null : envoyOfBaseline),
          )
        : [],
      countersPerRequest: perRequest(attempt),
      files: hasSamples ? filesOf(attempt) : null,
    };
  });
}

function profileOf(
  { process, stacks, switches, syscalls }: SampledProcess,
  { samples }: Attempt,
  baseline: ProcessProfile | null,
): ProcessProfile {
  const requests = sum(samples, ({ requests: right }) => right);
  const served = sum(samples, (sample) => sample.served);
  const ns = sum(samples, ({ envoyNs, serverNs }) => (process === 'envoy' ? envoyNs : (serverNs ?? 0)));
  const use = {
    process,
    cpuUs: requests === 0 ? 0 : ns / 1_000 / requests,
    switches:
      switches === null || served === 0
        ? null
        : { voluntary: switches.voluntary / served, forced: switches.forced / served },
    syscalls,
  };
  return processProfile(stacks, use, process === 'envoy' ? baseline : null);
}

function perRequest({ samples, counters }: Attempt): Record<string, number> {
  const served = sum(samples, (sample) => sample.served);
  if (served === 0) return {};
  return Object.fromEntries(
    [...counters]
      .map(([name, grown]): [string, number] => [name, grown / served])
      .filter(([, each]) => each >= leastPerRequest),
  );
}

function sum(samples: readonly Sample[], amountOf: (sample: Sample) => number): number {
  return samples.reduce((total, sample) => total + amountOf(sample), 0);
}
