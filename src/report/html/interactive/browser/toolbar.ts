import type { Choice, CostAxis } from '../spec/index.js';

// Where a row of boxes has room, it is open from the beginning.
const roomy = '(min-width: 900px)';

function choiceOf(form: HTMLFormElement): Choice {
  const boxes = [...form.querySelectorAll<HTMLInputElement>('input[name=mechanism]')];
  const hidden = boxes.filter(({ checked }) => !checked).map(({ value }) => value);
  const axis = (new FormData(form).get('axis') ?? 'own') as CostAxis;
  return { hidden: new Set(hidden), axis };
}

const axisWords: Readonly<Record<CostAxis, string>> = {
  own: '',
  linear: '; costs on linear axes',
  log: '; costs on logarithms',
};

function wordsOf({ hidden, axis }: Choice): string {
  const shown = hidden.size === 0 ? 'all mechanisms' : `without ${[...hidden].join(', ')}`;
  return `${shown}${axisWords[axis]}`;
}

/** Shows the toolbar, and tells of every choice; of the first at once, for a browser may keep one over a reload. */
export function openToolbar(form: HTMLFormElement, chosen: (choice: Choice) => void): void {
  const told = form.querySelector('output');
  const apply = () => {
    const choice = choiceOf(form);
    if (told) told.textContent = wordsOf(choice);
    chosen(choice);
  };
  form.addEventListener('change', apply);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.querySelector('button[name=all]')?.addEventListener('click', () => {
    for (const box of form.querySelectorAll<HTMLInputElement>('input[name=mechanism]')) box.checked = true;
    apply();
  });
  const details = form.querySelector('details');
  if (details) details.open = matchMedia(roomy).matches;
  form.hidden = false;
  apply();
}
