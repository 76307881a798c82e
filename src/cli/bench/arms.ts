import { bufferBaseline } from '../../mechanisms/buffer.js';
import type { Support, Variant } from '../../mechanisms/index.js';
import { type PlannedArm, settingsOf } from '../../results/analyse/index.js';
import type { ArmIdentity } from '../../results/schema/index.js';
import type { Scenario } from '../../scenarios/load.js';
import type { ScenarioPlan } from '../../schedule/plan.js';
import { missingFile } from '../run/needs.js';

/** What arms are made for. */
export interface ArmRequest {
  readonly scenarios: readonly Scenario[];
  readonly variants: readonly Variant[];
  readonly envoyVersion: string;
  readonly runtime: 'native' | 'docker';
}

// The second copies of A/A pairs: a VM that collects garbage, and a server by the shorter way; where they are not
// selected, the first of their class.
const preferredTwins = { 'in-process': 'lua', external: 'ext-proc/rust-uds' } as const;

/**
 * Every arm of the run: per scenario the baseline twice, with request bodies one that only buffers, all variants, and one of
 * each class a second time.
 */
export function planArms(request: ArmRequest): PlannedArm[] {
  return request.scenarios.flatMap((scenario) => {
    const baseline = identify(request, scenario, null, null);
    const measurable: { arm: PlannedArm; variant: Variant }[] = request.variants.map((variant) => {
      const identity = identify(request, scenario, variant, null);
      return { arm: { identity, known: knownOutcome(scenario, variant, request) }, variant };
    });
    const able = measurable.filter(({ arm }) => arm.known === null).map(({ variant }) => variant);
    const twins = (['in-process', 'external'] as const).flatMap((kind) => {
      const ofClass = able.filter((variant) => variant.class === kind);
      return ofClass.find(({ id }) => id === preferredTwins[kind]) ?? ofClass[0] ?? [];
    });
    return [
      { identity: baseline, known: null },
      { identity: { ...baseline, id: `${baseline.id}+twin`, twinOf: baseline.id }, known: null },
      ...bufferArms(request, scenario),
      ...measurable.map(({ arm }) => arm),
      ...twins.map((variant): PlannedArm => {
        const original = identify(request, scenario, variant, null);
        return { identity: identify(request, scenario, variant, original.id), known: null };
      }),
    ];
  });
}

function bufferArms(request: ArmRequest, scenario: Scenario): PlannedArm[] {
  if (!scenario.phases.includes('request-body')) return [];
  return [{ identity: identify(request, scenario, bufferBaseline, null), known: null }];
}

function identify(
  { envoyVersion, runtime }: ArmRequest,
  scenario: Scenario,
  variant: Variant | null,
  twinOf: string | null,
): ArmIdentity {
  const name = variant?.id ?? 'baseline';
  return {
    id: `${scenario.name}/${name}@${envoyVersion}${runtime === 'native' ? '' : `/${runtime}`}${twinOf === null ? '' : '+twin'}`,
    mechanism: variant?.mechanism ?? 'baseline',
    variant: name,
    class: variant?.class ?? 'baseline',
    scenario: scenario.name,
    envoy: envoyVersion,
    runtime,
    twinOf,
  };
}

/** Why a variant cannot run a scenario there, as far as is known without starting anything; null where it can. */
export function knownOutcome(
  scenario: Scenario,
  variant: Variant,
  { envoyVersion, runtime }: Pick<ArmRequest, 'envoyVersion' | 'runtime'>,
): PlannedArm['known'] {
  const support: Support = variant.support({ scenario, envoyVersion });
  if (support.status !== 'supported') return support;
  if (runtime === 'docker' && variant.nativeOnly !== undefined)
    return { status: 'unavailable', reason: variant.nativeOnly };
  const missing = missingFile(variant, { scenario, envoyVersion });
  if (missing === undefined) return null;
  const reason = `${missing} is not there; "filterbench filters build" makes it`;
  return { status: 'unavailable', reason };
}

/** The arms that will be started, by scenario, Envoy and runtime. */
export function startableArms(
  planned: readonly PlannedArm[],
  scenarios: readonly Scenario[],
): ScenarioPlan[] {
  const settingOf = settingsOf(planned.map(({ identity }) => identity));
  const settings = [...new Set(planned.map(({ identity }) => settingOf(identity)))];
  return scenarios.flatMap(({ name, rung }) =>
    settings.flatMap((setting) => {
      const arms = planned.flatMap(({ identity, known }) =>
        known === null && identity.scenario === name && settingOf(identity) === setting ? [identity] : [],
      );
      const bodyKiB = rung?.quantity === 'bodyKiB' ? rung.value : 0;
      const named = setting === '' ? {} : { setting };
      return arms.length === 0 ? [] : [{ scenario: name, ...named, arms, bodyKiB }];
    }),
  );
}
