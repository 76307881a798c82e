import type { Run } from '../../results/schema/index.js';
import { type Beside, nothingBeside } from '../beside.js';
import { compatHeatMap } from '../compat/heat-map.js';
import { familiesOf } from '../content/panels.js';
import type { Chart, ChartKind } from './chart.js';
import { curves } from './curves/index.js';
import { isolationHeatMap } from './isolation.js';
import { latencyUnloaded } from './latency-unloaded.js';
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
  restarts,
];

/** Charts of what a folder holds besides numbers, each null where there is nothing to draw. A new one is a file and a line here. */
const besideCharts: readonly ((beside: Beside) => Chart | null)[] = [
  isolationHeatMap,
  ({ matrix }) => matrix && compatHeatMap(matrix),
];

/** The charts of a run, family by family, then those of what is beside it: small files of stable names rather than one that grows. */
export function chartsOf(run: Run, beside: Beside = nothingBeside): Chart[] {
  return [
    ...familyCharts(run),
    ...besideCharts.map((draw) => draw(beside)).filter((chart) => chart !== null),
  ];
}

function familyCharts(run: Run): Chart[] {
  return familiesOf(run).flatMap((family) =>
    chartKinds
      .filter((kind) => kind.applies(run, family))
      .map((kind) => ({
        name: `${fileName(family.name)}-${kind.name}`,
        family: family.name,
        title: `${family.name}: ${kind.title}`,
        spec: kind.spec(run, family),
        alt: kind.alt(run, family),
      })),
  );
}

// A stored run may come from anywhere, and its names must not lead out of the folder.
function fileName(family: string): string {
  return family.replace(/[^\w.-]+/g, '-');
}
