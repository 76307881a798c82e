import type { HistoryLine } from '../../results/schema/index.js';
import type { Layer } from '../charts/plot.js';
import { ratioChange, usChange } from '../compare/words.js';
import { ink } from '../palette.js';
import { isSure } from './groups.js';
import type { Placed } from './plots.js';

// The palette's red and blue, dark enough for text on white.
const dearer = '#b3261e';
const cheaper = '#0059a0';

/** A ring where a line surely stepped, with what it stepped by. */
export function ringLayers({ steps, points }: HistoryLine, placed: readonly Placed[], runs: number): Layer[] {
  return steps.filter(isSure).flatMap((step): Layer[] => {
    const index = points.findIndex(({ run }) => run === step.to);
    const here = placed[index];
    if (here === undefined) return [];
    const { totalCpuUs, throughputRatio } = step;
    const isUp = totalCpuUs.called ? totalCpuUs.change > 0 : throughputRatio.change < 1;
    const text = totalCpuUs.called
      ? `${usChange(totalCpuUs)} µs`
      : `throughput × ${ratioChange(throughputRatio).replace(/ .*$/, '')}`;
    const end = isUp ? (here.high ?? here.us) : (here.low ?? here.us);
    const color = isUp ? dearer : cheaper;
    const data = { values: [{ at: here.at, us: here.us, end, text }] };
    const x = { field: 'at', type: 'quantitative' } as const;
    return [
      {
        data,
        mark: { type: 'point', filled: false, size: 150, strokeWidth: 2, opacity: 1, color },
        encoding: { x, y: { field: 'us', type: 'quantitative' } },
      },
      // What is written stands on its own ground: a line may run through its place.
      ...[{ stroke: ink.paper, strokeWidth: 4 }, {}].map(
        (ground): Layer => ({
          data,
          mark: {
            type: 'text',
            align: alignAt(here.at, runs),
            baseline: isUp ? 'bottom' : 'top',
            dy: isUp ? -7 : 7,
            fontSize: 11,
            fontWeight: 'bold',
            color,
            ...ground,
          },
          encoding: {
            x,
            y: { field: 'end', type: 'quantitative' },
            text: { field: 'text', type: 'nominal' },
          },
        }),
      ),
    ];
  });
}

/** Text at an edge of the plot goes inwards. */
function alignAt(at: number, runs: number): 'left' | 'center' | 'right' {
  const share = (at + 0.5) / runs;
  if (share < 0.15) return 'left';
  return share > 0.85 ? 'right' : 'center';
}
