import { calibrationScenario } from '../calibration/scenario.js';
import { burningVariant, type InjectedVariant } from '../calibration/variants.js';
import type { PlannedArm } from '../results/analyse/index.js';
import type { ArmChange, ArmIdentity, EnvoyUsed, RunComparison } from '../results/schema/index.js';

/** µs of CPU that are injected into one arm. */
export const knownChangeUs = 5;

const names = { still: 'dynamic-module/rust/still', changed: 'dynamic-module/rust/changed' } as const;

/** Two filters: one that never changes, and one that burns what it is told. */
export function knownChangeVariants(burnedUs: number): InjectedVariant[] {
  return [burningVariant(names.still, 0), burningVariant(names.changed, burnedUs)];
}

/** The baseline and both filters; the baseline and the one that never changes are there twice, for the noise floor. */
export function knownChangeArms({ version, runtime }: EnvoyUsed): PlannedArm[] {
  const arm = (variant: string, mechanism: string, kind: ArmIdentity['class']): ArmIdentity => ({
    id: `${calibrationScenario.name}/${variant}@${version}`,
    scenario: calibrationScenario.name,
    ...{ mechanism, variant, class: kind, envoy: version, runtime, twinOf: null },
  });
  const twin = (of: ArmIdentity): ArmIdentity => ({ ...of, id: `${of.id}+twin`, twinOf: of.id });
  const baseline = arm('baseline', 'baseline', 'baseline');
  const still = arm(names.still, 'dynamic-module', 'in-process');
  const changed = arm(names.changed, 'dynamic-module', 'in-process');
  return [baseline, twin(baseline), still, twin(still), changed].map((identity) => ({
    identity,
    known: null,
  }));
}

/** Whether a comparison of A with the same again, and with the change, said what is true. */
export interface KnownChangeOutcome {
  /** Nothing was called where nothing had changed. */
  readonly sameIsRight: boolean;
  /** The arm that got dearer was called dearer, and no other was called anything. */
  readonly changedIsRight: boolean;
  /** What came back, beside `knownChangeUs`; null where the arm has no numbers. */
  readonly found: ArmChange['totalCpuUs'] | null;
}

/** Judges a comparison of three runs: A, the same again, and A with the known change. */
export function knownChangeOutcome({ others }: RunComparison): KnownChangeOutcome {
  const [same = [], different = []] = others.map(({ arms }) => arms);
  const changed = different.find(({ variant }) => variant === names.changed);
  const rest = different.filter((arm) => arm !== changed);
  return {
    sameIsRight: same.length === Object.keys(names).length && !same.some(isAnyCalled),
    changedIsRight:
      changed?.totalCpuUs.called === true &&
      changed.totalCpuUs.change > 0 &&
      rest.length === Object.keys(names).length - 1 &&
      !rest.some(isAnyCalled),
    found: changed?.totalCpuUs ?? null,
  };
}

function isAnyCalled({ totalCpuUs, throughputRatio, p50Us }: ArmChange): boolean {
  return totalCpuUs.called || throughputRatio.called || p50Us?.called === true;
}
