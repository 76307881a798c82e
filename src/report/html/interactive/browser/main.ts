import { dataId, type PageData, toolbarId } from '../data.js';
import type { MechanismOf } from '../spec/index.js';
import { figuresOf } from './figures.js';
import { showRows } from './tables.js';
import { openToolbar } from './toolbar.js';

function mechanismLookup({ mechanisms }: PageData): MechanismOf {
  const known = new Map(mechanisms);
  return ({ mechanism, variant }) =>
    typeof mechanism === 'string' ? mechanism : typeof variant === 'string' ? known.get(variant) : undefined;
}

function start(): void {
  const text = document.getElementById(dataId)?.textContent;
  const form = document.getElementById(toolbarId);
  if (!text || !(form instanceof HTMLFormElement)) return;
  const data = JSON.parse(text) as PageData;
  const figures = figuresOf(data, mechanismLookup(data));
  openToolbar(form, (choice) => {
    showRows(choice.hidden);
    figures.show(choice);
  });
}

start();
