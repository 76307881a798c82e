import type { View } from 'vega';
import type { PageData } from '../data.js';
import { type ChartSpec, type Choice, chosenSpec, type MechanismOf } from '../spec/index.js';
import { draw } from './draw.js';
import { listenTo } from './tooltip.js';

/** A picture of the page, and what is drawn in its place. */
interface Figure {
  readonly spec: ChartSpec;
  readonly figure: HTMLElement;
  readonly drawn: HTMLElement;
  /** What the picture says to those who don't see it. */
  readonly alt: string;
  view: View | null;
  isInView: boolean;
  /** Whether it shows another choice than the last. */
  isStale: boolean;
}

function figureOf(name: string, spec: ChartSpec): Figure | null {
  const figure = document.getElementById(name);
  const picture = figure?.querySelector(':scope > div');
  if (!figure || !picture) return null;
  const drawn = document.createElement('div');
  // What the picture scrolls in, this does, too.
  drawn.className = `drawn ${picture.className}`;
  drawn.setAttribute('role', 'group');
  picture.after(drawn);
  listenTo(drawn);
  const alt = picture.querySelector('svg')?.getAttribute('aria-label') ?? '';
  return { spec, figure, drawn, alt, view: null, isInView: false, isStale: true };
}

function say(figure: Figure, text: string): void {
  const note = document.createElement('p');
  note.textContent = text;
  figure.drawn.replaceChildren(note);
}

async function refresh(figure: Figure, choice: Choice, mechanismOf: MechanismOf): Promise<void> {
  figure.isStale = false;
  const before = figure.view;
  figure.view = null;
  const { drawn, spec } = figure;
  const title = spec.title?.text ?? '';
  try {
    const chosen = chosenSpec(spec, choice, mechanismOf);
    if (chosen === null) {
      say(figure, `${title}: nothing is left of it, for its mechanisms are not chosen.`);
    } else {
      // What is shown stays until the next is whole, for a page that shrinks loses its reader's place.
      const stage = document.createElement('div');
      figure.view = await draw(chosen, stage);
      stage.querySelector('svg')?.setAttribute('aria-hidden', 'true');
      drawn.replaceChildren(stage);
    }
    // The picture's words hold all numbers, also of what is not shown now.
    const words =
      choice.hidden.size === 0 ? figure.alt : `${title}, without ${[...choice.hidden].join(', ')}.`;
    drawn.setAttribute('aria-label', `${words} Arrow keys go through the values.`);
    figure.figure.classList.add('is-drawn');
  } catch {
    // The picture is as good as ever, but for what was chosen.
    drawn.replaceChildren();
    figure.figure.classList.remove('is-drawn');
  } finally {
    before?.finalize();
  }
}

const nextTask = () => new Promise((resolve) => setTimeout(resolve));

/** All charts of the page: each is drawn when it comes into view, and again when something else is chosen. */
export function figuresOf({ charts }: PageData, mechanismOf: MechanismOf): { show(choice: Choice): void } {
  const figures = charts.flatMap(([name, spec]) => figureOf(name, spec) ?? []);
  let chosen: Choice = { hidden: new Set(), axis: 'own' };
  let isBusy = false;
  const drawStale = async () => {
    if (isBusy) return;
    isBusy = true;
    for (;;) {
      const next = figures.find(({ isInView, isStale }) => isInView && isStale);
      if (next === undefined) break;
      await refresh(next, chosen, mechanismOf);
      await nextTask();
    }
    isBusy = false;
  };
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const figure = figures.find((each) => each.figure === target);
        if (figure) figure.isInView = isIntersecting;
      }
      void drawStale();
    },
    { rootMargin: '300px' },
  );
  for (const { figure } of figures) observer.observe(figure);
  return {
    show(choice) {
      chosen = choice;
      for (const figure of figures) figure.isStale = true;
      void drawStale();
    },
  };
}
