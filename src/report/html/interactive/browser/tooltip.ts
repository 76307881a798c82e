import { Handler } from 'vega-tooltip';
import { tooltipId } from '../data.js';

const handler = new Handler({ id: tooltipId, disableDefaultStyle: true });

/** What Vega calls with what is under the pointer. */
export const showTip = handler.call;

/** An element of a drawn chart, with what Vega bound to it. */
type Mark = SVGGraphicsElement & { readonly __data__?: { readonly tooltip?: unknown } };

function tipOf(mark: Mark): unknown {
  return mark.__data__?.tooltip;
}

function marksIn(chart: HTMLElement): Mark[] {
  const all = [...chart.querySelectorAll<Mark>('[class*="target_"] > path')];
  return all.filter((mark) => tipOf(mark) !== undefined);
}

function hide(chart: HTMLElement): void {
  for (const mark of chart.querySelectorAll('.current')) mark.classList.remove('current');
  document.getElementById(tooltipId)?.classList.remove('visible');
}

function pointAt(chart: HTMLElement, mark: Mark): void {
  hide(chart);
  mark.classList.add('current');
  const { left, top, width, height } = mark.getBoundingClientRect();
  const place = { clientX: left + width / 2, clientY: top + height / 2 } as MouseEvent;
  handler.call(null, place, null as never, tipOf(mark));
}

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

/** Lets arrow keys and taps go through the values of a chart, as a pointer does. */
export function listenTo(chart: HTMLElement): void {
  chart.tabIndex = 0;
  chart.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') hide(chart);
    const step = steps[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const marks = marksIn(chart);
    const at = marks.findIndex((mark) => mark.classList.contains('current'));
    const next = marks[at === -1 && step < 0 ? marks.length - 1 : at + step];
    event.preventDefault();
    if (next) pointAt(chart, next);
  });
  // A finger that is lifted has left what it touched, and Vega hides its tip.
  chart.addEventListener('click', ({ target }) => {
    const mark = marksIn(chart).find((each) => each === target);
    if (mark) pointAt(chart, mark);
  });
  chart.addEventListener('blur', () => hide(chart));
}

// What is shown can be dismissed without moving the pointer, and never stays over something else.
document.addEventListener('keydown', ({ key }) => {
  if (key === 'Escape') hide(document.body);
});
document.addEventListener('scroll', () => hide(document.body), { passive: true });
