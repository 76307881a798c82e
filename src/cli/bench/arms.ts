import type { Support, Variant } from '../../mechanisms/index.js';
import type { PlannedArm } from '../../results/analyse/index.js';
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

/** Every arm of the run: per scenario the baseline twice, all variants, and one of each class a second time. */
export function planArms(request: ArmRequest): PlannedArm[] {
  return request.scenarios.flatMap((scenario) => {
    const baseline = identify(request, scenario, null, null);
    const measurable: { arm: PlannedArm; variant: Variant }[] = request.variants.map((variant) => {
      const identity = identify(request, scenario, variant, null);
      return { arm: { identity, known: knownOutcome(request, scenario, variant) }, variant };
    });
    const able = measurable.filter(({ arm }) => arm.known === null).map(({ variant }) => variant);
    const twins = (['in-process', 'external'] as const).flatMap((kind) => {
      const ofClass = able.filter((variant) => variant.class === kind);
      return ofClass.find(({ id }) => id === preferredTwins[kind]) ?? ofClass[0] ?? [];
    });
    return [
      { identity: baseline, known: null },
      { identity: { ...baseline, id: `${baseline.id}+twin`, twinOf: baseline.id }, known: null },
      ...measurable.map(({ arm }) => arm),
      ...twins.map((variant): PlannedArm => {
        const original = identify(request, scenario, variant, null);
        return { identity: identify(request, scenario, variant, original.id), known: null };
      }),
    ];
  });
}

function identify(
  { envoyVersion, runtime }: ArmRequest,
  scenario: Scenario,
  variant: Variant | null,
  twinOf: string | null,
): ArmIdentity {
  const name = variant?.id ?? 'baseline';
  return {
    id: `${scenario.name}/${name}@${envoyVersion}${twinOf === null ? '' : '+twin'}`,
    mechanism: variant?.mechanism ?? 'baseline',
    variant: name,
    class: variant?.class ?? 'baseline',
    scenario: scenario.name,
    envoy: envoyVersion,
    runtime,
    twinOf,
  };
}

function knownOutcome(
  { envoyVersion }: ArmRequest,
  scenario: Scenario,
  variant: Variant,
): PlannedArm['known'] {
  const support: Support = variant.support({ scenario, envoyVersion });
  if (support.status !== 'supported') return support;
  const missing = missingFile(variant, { scenario, envoyVersion });
  if (missing === undefined) return null;
  const reason = `${missing} is not there; "filterbench filters build" makes it`;
  return { status: 'unavailable', reason };
}

/** The arms that will be started, by scenario. */
export function startableArms(planned: readonly PlannedArm[]): ScenarioPlan[] {
  const plans = new Map<string, ArmIdentity[]>();
  for (const { identity, known } of planned) {
    if (known !== null) continue;
    plans.set(identity.scenario, [...(plans.get(identity.scenario) ?? []), identity]);
  }
  return [...plans].map(([scenario, arms]) => ({ scenario, arms }));
}
