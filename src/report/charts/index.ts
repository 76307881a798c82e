import type { Run } from '../../results/schema/index.js';
import { type Beside, nothingBeside } from '../beside.js';
import { compatHeatMap } from '../compat/heat-map.js';
import { type Family, familiesOf } from '../content/panels.js';
import { calibrationChart } from './calibration/index.js';
import type { Chart, ChartKind } from './chart.js';
import { costsChart } from './costs/index.js';
import { curves } from './curves/index.js';
import { distributions } from './distributions/index.js';
import { isolationHeatMap } from './isolation.js';
import { latencyUnloaded } from './latency-unloaded.js';
import { memory } from './memory.js';
import { overheadCpu } from './overhead-cpu.js';
import { restarts } from './restarts.js';
import { slopes } from './slopes.js';
import { throughput } from './throughput.js';
import { versions } from './versions.js';

export type { Chart, ChartKind } from './chart.js';

/** All kinds, in the order in which the report shows them. */
export const chartKinds: readonly ChartKind[] = [
  versions,
  curves,
  slopes,
  overheadCpu,
  throughput,
  latencyUnloaded,
  memory,
  restarts,
  distributions,
];

/** What a series shows rung by rung, and of its last rung alone: memory hardly grows with a body, and most where it is largest. */
const rungKinds: readonly ChartKind[] = [distributions];
const lastRungKinds: readonly ChartKind[] = [memory, ...rungKinds];

/** Charts of what a folder holds besides numbers, each null where there is nothing to draw. A new one is a file and a line here. */
const besideCharts: readonly ((beside: Beside) => Chart | null)[] = [
  isolationHeatMap,
  ({ matrix }) => matrix && compatHeatMap(matrix),
];

/** Charts of a run as a whole, each null where there is nothing to draw. A new one is a file and a line here. */
const runCharts: readonly ((run: Run) => Chart | null)[] = [costsChart, calibrationChart];

/** The charts of a run, those of the whole first, then family by family, then of what is beside it: small files of stable names rather than one that grows. */
export function chartsOf(run: Run, beside: Beside = nothingBeside): Chart[] {
  return [
    ...runCharts.map((draw) => draw(run)).filter((chart) => chart !== null),
    ...familyCharts(run),
    ...besideCharts.map((draw) => draw(beside)).filter((chart) => chart !== null),
  ];
}

function familyCharts(run: Run): Chart[] {
  return familiesOf(run).flatMap((family) => [
    ...drawn(run, family, chartKinds),
    ...rungsOf(family).flatMap((rung, place, { length }) =>
      drawn(run, rung, place + 1 < length ? rungKinds : lastRungKinds).map((chart) => ({
        ...chart,
        family: family.name,
        rung: rung.name,
      })),
    ),
  ]);
}

function drawn(run: Run, family: Family, kinds: readonly ChartKind[]): Chart[] {
  return kinds
    .filter((kind) => kind.applies(run, family))
    .map((kind) => ({
      name: `${fileName(family.name)}-${kind.name}`,
      family: family.name,
      title: `${family.name}: ${kind.title}`,
      spec: kind.spec(run, family),
      alt: kind.alt(run, family),
    }));
}

/** Each rung of a series as a family of its own. */
function rungsOf({ quantity, panels }: Family): Family[] {
  if (quantity === null) return [];
  const names = [...new Set(panels.map(({ scenario }) => scenario.name))];
  return names.flatMap((name) => {
    const own = panels.filter(({ scenario }) => scenario.name === name);
    const [first] = own;
    if (first === undefined) return [];
    const { title, summary } = first.scenario;
    return [{ name, quantity: null, title, summary, panels: own }];
  });
}

// A stored run may come from anywhere, and its names must not lead out of the folder.
function fileName(family: string): string {
  return family.replace(/[^\w.-]+/g, '-');
}
