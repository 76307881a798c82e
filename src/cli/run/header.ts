import { describeArtefacts } from '../../filters/used.js';
import type { RunHeader } from '../../results/analyse/index.js';
import type { EnvoyUsed, Fingerprint, Warning } from '../../results/schema/index.js';
import type { Plan } from '../../schedule/plan.js';
import { packageVersion } from '../../version.js';
import type { RunRequest } from './measure-run.js';
import { artefactsOf } from './needs.js';

/** Everything that is known of a run before anything is measured. */
export async function headerOf(
  about: Pick<RunRequest, 'flags' | 'scenarios' | 'variants'> & {
    id: string;
    startedAt: Date;
    plan: Plan;
    envoys: readonly EnvoyUsed[];
    fingerprint: Fingerprint;
    warnings: readonly Warning[];
  },
): Promise<RunHeader> {
  const { id, startedAt, plan, scenarios, variants, envoys, fingerprint, warnings } = about;
  const { command = process.argv.slice(2), configFile = null } = about.flags.asked ?? {};
  return {
    schema: 'filterbench/run@1',
    id,
    status: 'interrupted',
    startedAt: startedAt.toISOString(),
    finishedAt: null,
    filterbench: packageVersion(),
    command: [...command],
    ...(configFile !== null && { configFile }),
    seed: plan.seed,
    profile: plan.profile.name,
    plan: plan.summary,
    scenarios: scenarios.map(({ name, familyTitle: title, summary, family, rung }) => ({
      name,
      title,
      summary,
      family,
      rung,
    })),
    fingerprint,
    envoys: [...envoys],
    artefacts: await describeArtefacts(
      envoys.flatMap(({ version }) => artefactsOf({ scenarios, variants }, version)),
    ),
    generator: null,
    conduct: null,
    warnings: [...warnings],
  };
}
