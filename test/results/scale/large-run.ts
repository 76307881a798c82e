import { encodeAndDestroy, newHistogram, recordMs } from '../../../src/load/histogram.js';
import { analyse } from '../../../src/results/analyse/index.js';
import type { ArmIdentity, Sample } from '../../../src/results/schema/index.js';
import { createRunFolder } from '../../../src/results/store/index.js';
import { makePlan, type ScenarioPlan } from '../../../src/schedule/plan.js';
import { profiles } from '../../../src/schedule/profiles.js';
import { type Random, seededRandom } from '../../../src/schedule/random.js';
import { runSchedule } from '../../../src/schedule/run-schedule.js';
import { fakeExecutor } from '../../schedule/fake-executor.js';
import { fakeArm, fakeHeader, planned } from '../../schedule/fixture-plan.js';

/** How large a made-up run is: 20 arms for each scenario on each Envoy. */
export interface LargeRunSize {
  readonly scenarios: number;
  readonly envoys: number;
  readonly restarts: number;
  readonly rounds: number;
}

const inProcess = Array.from({ length: 14 }, (_, number) => `filter-${number}`);
const external = ['ext-one', 'ext-two'];
const twins = ['baseline', 'filter-0', 'ext-one'];

/**
 * Writes a run into a new folder as it lies there when its last slice is done: run.json is that of its beginning. Its samples come from
 * the schedule itself, with histograms as large as measured ones.
 * @returns how many slices it has
 */
export async function storeLargeRun(dir: string, size: LargeRunSize): Promise<number> {
  const scenarios = placesOf(size);
  const plan = makePlan({ profile: profileOf(size), scenarios, seed: 7, budgetSeconds: 1 });
  const random = seededRandom(7, 'costs');
  const histograms = Array.from({ length: 16 }, () => histogramLikeMeasured(random));
  const arms = scenarios.flatMap((place) => place.arms);
  const about = { title: 'Large', summary: 'Made up', rung: null };
  const names = [...new Set(scenarios.map(({ scenario }) => scenario))];
  const header = {
    ...fakeHeader(plan),
    status: 'interrupted' as const,
    scenarios: names.map((name) => ({ ...about, name, family: name })),
  };
  const folder = createRunFolder(dir);
  folder.writeRun(analyse(header, planned(arms), [], []));
  let slices = 0;
  const executor = fakeExecutor({
    truth: ({ variant }) => ({
      envoyUs: 30 + variant.length,
      ...(variant.startsWith('ext-') && { serverUs: 20 }),
    }),
    seed: 7,
    costUs: (_spec, trueUs) => trueUs * (0.95 + random() / 10),
    // Its log of every slice is what would fill the memory here.
    onSlice: () => executor.log.slices.splice(0),
  });
  const sink = {
    sample(sample: Sample) {
      slices += 1;
      folder.sample({ ...sample, histogram: histograms[slices % histograms.length]! });
    },
    evidence: folder.evidence,
  };
  await runSchedule(plan, executor, sink, { signal: new AbortController().signal });
  return slices;
}

function placesOf({ scenarios, envoys }: LargeRunSize): ScenarioPlan[] {
  return Array.from({ length: scenarios }, (_, scenario) =>
    Array.from({ length: envoys }, (__, envoy): ScenarioPlan => {
      const version = `1.${36 + envoy}.0`;
      const arm = (variant: string, twin = false) => on(version, fakeArm(variant, twin, `job-${scenario}`));
      const arms = [
        ...['baseline', ...inProcess, ...external].map((variant) => arm(variant)),
        ...twins.map((variant) => arm(variant, true)),
      ];
      return { scenario: `job-${scenario}`, ...(envoys > 1 && { setting: version }), arms };
    }),
  ).flat();
}

function on(envoy: string, arm: ArmIdentity): ArmIdentity {
  const moved = (id: string) => id.replace(arm.envoy, envoy);
  return { ...arm, id: moved(arm.id), envoy, twinOf: arm.twinOf && moved(arm.twinOf) };
}

function profileOf({ restarts, rounds }: LargeRunSize) {
  return { ...profiles.quick, restarts, rounds: { least: rounds, most: rounds }, rates: [2_000] };
}

// Some 300 response times in a narrow peak with a tail take about 400 characters, as in a published run.
function histogramLikeMeasured(random: Random): string {
  const histogram = newHistogram();
  for (let answer = 0; answer < 300; answer += 1)
    recordMs(histogram, 0.1 + 0.02 * random() + 0.1 * random() ** 9);
  return encodeAndDestroy(histogram);
}
