import type { Run } from '../../results/schema/index.js';
import { noticeOf } from '../content/headline.js';
import { noiseOf } from '../content/noise.js';
import type { Family } from '../content/panels.js';
import { baselineUs } from '../content/rows.js';
import { type VersionSeries, versionSeriesOf } from '../content/versions.js';
import { us } from '../format/number.js';
import { altOf } from './alt.js';
import type { ChartKind } from './chart.js';
import { pointOf } from './curves/data.js';
import { curveSheet } from './curves/plot.js';
import type { RungAxis } from './curves/scale.js';
import { styleOf } from './curves/styles.js';
import type { Curve, Curves } from './curves/types.js';
import { classes, classText, cpuLines } from './groups.js';

const title = 'The cost on each Envoy';

function curvesOf(run: Run, family: Family): Curves[] {
  return versionSeriesOf(family).flatMap((series) =>
    classes.flatMap((each): Curves[] => {
      const arms = series.arms.filter((arm) => arm.class === each);
      const { panels, scenario } = series;
      if (arms.length === 0) return [];
      const noise = noiseOf(run, { class: each, scenario }, 'totalCpuUs');
      return [
        {
          title: `${series.title} · ${classText(each)}`,
          class: each,
          curves: arms.map((arm) => curveOf(run, series, arm)),
          x: versionAxis(panels.map(({ envoy }) => envoy)),
          isLogarithmic: false,
          baseline: panels
            .flatMap((panel) => {
              const spent = baselineUs(panel);
              return spent === null ? [] : [`${us(spent)} on ${panel.envoy}`];
            })
            .join(', '),
          noise: noise === null ? [] : panels.map((_, place) => ({ rung: place, us: noise })),
        },
      ];
    }),
  );
}

function curveOf(
  run: Run,
  { panels }: VersionSeries,
  { variant, mechanism }: VersionSeries['arms'][number],
): Curve {
  const points = panels.flatMap((panel, place) => {
    const arm = panel.measured.find((each) => each.variant === variant);
    return arm === undefined ? [] : [pointOf(run, arm, place, ['on', panel.envoy])];
  });
  return {
    variant,
    mechanism,
    style: styleOf(run, { variant, mechanism }),
    points,
    line: points.map(({ rung, us: cost }) => ({ rung, us: cost })),
    label: points.at(-1)?.label ?? '',
  };
}

/** Versions stand at equal distances, whatever their numbers. */
function versionAxis(versions: readonly string[]): RungAxis {
  return {
    title: 'version of Envoy',
    scale: { domain: [-0.25, versions.length - 0.75], nice: false },
    axis: {
      values: versions.map((_, place) => place),
      labelExpr: `${JSON.stringify(versions)}[datum.value]`,
      labelFontSize: 11,
    },
  };
}

function subtitleOf(run: Run, groups: readonly Curves[]): string[] {
  const lines = cpuLines(run, groups, 'µs of CPU per request that each variant adds');
  if (!run.plan.intervals) return [...lines, noticeOf(run)];
  return [
    ...lines,
    'Whisker: interval, where it is wider than the dot',
    'Grey band: what identical arms differed by',
  ];
}

function alt(run: Run, family: Family): string {
  return altOf(
    run,
    'Line chart of the CPU per request that each variant adds to the same Envoy without the filter, in µs, on each version of Envoy.',
    curvesOf(run, family).map(({ title: name, curves }) => ({
      name,
      rows: curves.map(({ variant, points }) => ({
        variant,
        label: points.map(({ label }) => label).join(', '),
      })),
    })),
  );
}

/** The overhead of each variant on each version of Envoy. */
export const versions: ChartKind = {
  name: 'versions',
  title,
  applies: (run, family) => family.quantity === null && curvesOf(run, family).length > 0,
  spec(run, family) {
    const groups = curvesOf(run, family);
    return curveSheet(groups, {
      title: `${family.name}: ${title}`,
      subtitle: subtitleOf(run, groups),
      alt: alt(run, family),
    });
  },
  alt,
};
