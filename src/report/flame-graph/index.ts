import { type Plot, sheet } from '../charts/plot.js';
import { counted } from '../format/number.js';
import { ink } from '../palette.js';
import { drawSvg } from '../render/svg.js';
import { type Box, boxesOf } from './boxes.js';

const width = 1_160;
const rowHeight = 15;
const characterWidth = 5.5;
const fewestCharacters = 4;
/** Narrower boxes are not drawn: nobody could see them. */
const leastShare = 0.001;

/** Kinds of code, by what their names end in (as in other tools' folded stacks), and their colours. */
const kinds = [
  { kind: 'kernel', suffix: '_[k]', colour: '#f0b48c' },
  { kind: 'compiled at run time', suffix: '_[j]', colour: '#8fc9a8' },
  { kind: 'program or library', suffix: '', colour: '#b9c7dd' },
] as const;

/** Draws folded stacks as an SVG: callers below, width is CPU time. */
export async function drawFlameGraph(
  title: string,
  folded: Iterable<readonly [string, number]>,
): Promise<string> {
  const stacks = [...folded];
  const total = stacks.reduce((sum, [, samples]) => sum + samples, 0);
  const what = `${counted(total, 'sample')} of CPU time; callers below, width is the share, order means nothing`;
  const boxes = boxesOf(stacks, Math.max(1, total * leastShare));
  const alt = `Flame graph of ${title}: ${what}.`;
  const { svg } = await drawSvg(sheet(title, [what], alt, [plotOf(boxes, total)]), alt);
  return svg;
}

function plotOf(boxes: readonly Box[], total: number): Plot {
  const depths = boxes.reduce((most, { depth }) => Math.max(most, depth + 1), 1);
  const values = boxes.map(({ name, from, to, depth }) => {
    const { kind, suffix } = kinds.find((each) => name.endsWith(each.suffix)) ?? kinds[2];
    const text = suffix === '' ? name : name.slice(0, -suffix.length);
    return {
      from,
      to,
      under: depth,
      over: depth + 1,
      kind,
      label: fitted(text, ((to - from) / total) * width),
    };
  });
  const x = {
    field: 'from',
    type: 'quantitative',
    axis: null,
    scale: { domain: [0, Math.max(1, total)], nice: false },
  };
  const y = { field: 'under', type: 'quantitative', axis: null, scale: { domain: [0, depths], nice: false } };
  return {
    width,
    height: depths * rowHeight,
    layer: [
      {
        data: { values },
        mark: { type: 'rect', stroke: ink.paper, strokeWidth: 0.5 },
        encoding: {
          x,
          x2: { field: 'to' },
          y,
          y2: { field: 'over' },
          color: {
            field: 'kind',
            type: 'nominal',
            scale: { domain: kinds.map(({ kind }) => kind), range: kinds.map(({ colour }) => colour) },
            legend: { title: null, orient: 'bottom', symbolType: 'square' },
          },
        },
      },
      {
        data: { values: values.filter(({ label }) => label !== '') },
        mark: {
          type: 'text',
          align: 'left',
          baseline: 'middle',
          dx: 3,
          dy: -rowHeight / 2,
          fontSize: 10,
          color: ink.text,
        },
        encoding: { x, y, text: { field: 'label', type: 'nominal' } },
      },
    ],
  } as Plot;
}

/** As much of a name as a box has room for; nothing where that says nothing. */
function fitted(name: string, pixels: number): string {
  const room = Math.floor((pixels - 6) / characterWidth);
  if (room < fewestCharacters) return '';
  return name.length <= room ? name : `${name.slice(0, room - 1)}…`;
}
