import type { ArmIdentity, ArmResult, Evidence, NoiseFloor, Run, Sample, Warning } from '../schema/index.js';
import { sliceTable, totalsOf } from '../slices/index.js';
import { adviceOf } from './advice.js';
import { measureArm } from './arm-result.js';
import { judgeArm } from './arm-status.js';
import { baselineOf, type PlannedArm } from './baseline.js';
import { calibrationOf } from './calibration.js';
import { compareArms } from './compare.js';
import { countingLines, type KeptLines } from './counting-lines.js';
import { evidenceByArm, indexSamples } from './group.js';
import { noiseFloorOf } from './noise-floor.js';
import { slopesOf } from './slopes.js';
import { versionChangesOf } from './version-changes.js';
import { findWarnings } from './warnings.js';

/** What is known of a run before anything is measured. */
export type RunHeader = Omit<
  Run,
  | 'arms'
  | 'advice'
  | 'comparisons'
  | 'noiseFloor'
  | 'rungNoiseFloors'
  | 'slopes'
  | 'versionChanges'
  | 'calibration'
  | 'verdicts'
>;

/**
 * Turns samples and evidence into the results of a run. Pure: the stored run gives the same again.
 * Warnings of the header (about the machine and the plan) come first, then those that the samples show.
 */
export function analyse(
  header: RunHeader,
  planned: readonly PlannedArm[],
  samples: readonly Sample[],
  evidence: readonly Evidence[],
): Run {
  return analyseLines(header, planned, { slices: sliceTable(samples), evidence });
}

/** As `analyse`, of a run whose lines have been folded: there may be too many of them for the memory. */
export function analyseLines(header: RunHeader, planned: readonly PlannedArm[], lines: KeptLines): Run {
  const { slices, evidence } = countingLines(lines);
  const options = { confidence: header.plan.confidence, intervals: header.plan.intervals };
  const index = indexSamples(slices, evidence);
  const { rates } = header.plan;
  const { placement } = header.fingerprint;
  const evidenceOf = evidenceByArm(evidence);
  const arms = planned.map(({ identity, known }): ArmResult => {
    const own = evidenceOf.get(identity.id) ?? [];
    const verdict = known ?? judgeArm(own, totalsOf(index.all(identity.id)));
    const measured = { index, evidence: own, placement, rates, options };
    return measureArm(identity, verdict, baselineOf(identity, planned), measured);
  });
  const baseline = (arm: ArmIdentity) => baselineOf(arm, planned);
  // A rung has a floor of its own: that of a MiB would hide every smaller body, and all that has none.
  const rungs = header.scenarios.flatMap(({ name, rung }) => (rung === null ? [] : [name]));
  const others = arms.filter(({ scenario }) => !rungs.includes(scenario));
  const noiseFloor = noiseFloorOf(others, index, options);
  const ofRungs = rungs.map((scenario) => {
    const own = arms.filter((arm) => arm.scenario === scenario);
    const floor = noiseFloorOf(own, index, options);
    return { floor: { scenario, ...floor }, comparisons: compareArms(own, index, floor, options) };
  });
  const floors = new Map<string, NoiseFloor>();
  // Of its own Envoy: what one version's twins differ by says nothing of another's.
  const floorUsOf = (arm: ArmIdentity) => {
    const pool = rungs.includes(arm.scenario) ? arm.scenario : '';
    const key = `${pool} ${arm.envoy} ${arm.runtime}`;
    const among = () =>
      (pool === '' ? others : arms.filter(({ scenario }) => scenario === pool)).filter(
        ({ envoy, runtime }) => envoy === arm.envoy && runtime === arm.runtime,
      );
    const floor = floors.get(key) ?? noiseFloorOf(among(), index, options);
    floors.set(key, floor);
    return (arm.class === 'external' ? floor.external : floor.inProcess)?.cpuUs ?? null;
  };
  const isOnSeveral = new Set(arms.map(({ envoy }) => envoy)).size > 1;
  return {
    ...header,
    arms,
    advice: adviceOf(arms, baseline, index, header.plan, header.scenarios),
    comparisons: [
      ...compareArms(others, index, noiseFloor, options),
      ...ofRungs.flatMap(({ comparisons }) => comparisons),
    ],
    noiseFloor,
    rungNoiseFloors: ofRungs.map(({ floor }) => floor),
    slopes: slopesOf(header.scenarios, arms, baseline, index, options),
    ...(isOnSeveral && {
      versionChanges: versionChangesOf({ arms, baselineOf: baseline, floorUsOf, index, options }),
    }),
    calibration: calibrationOf(arms, index, evidence, options),
    warnings: unique([
      ...header.warnings,
      ...findWarnings({ ...header, arms, cells: slices.cells, evidence }),
    ]),
    verdicts: [],
  };
}

export { isMostlyGeneratorLimited } from './arm-result.js';
export type { PlannedArm } from './baseline.js';
export {
  type Attempted,
  countingBy,
  countingLines,
  type KeptLines,
  keyOf,
  keyOfLine,
  restartOf,
  throughRestart,
} from './counting-lines.js';
export { type IdenticalResults, identicalResults } from './identical.js';
export { type Interim, type IntervalWidths, interimOf } from './interim.js';
export { floorOfArm } from './noise-floor.js';
export { plannedOf } from './planned-of.js';
export { farness, precisionText } from './precision.js';
export { placeText, settingsOf } from './setting.js';

// A stored run's warnings hold those that are found again.
function unique(warnings: readonly Warning[]): Warning[] {
  return [...new Map(warnings.map((warning) => [`${warning.code} ${warning.message}`, warning])).values()];
}
