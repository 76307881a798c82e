import { bufferMechanism, colourOf } from '../../palette.js';
import { html, type Markup } from '../markup.js';
import { toolbarId } from './data.js';

const axes = [
  { value: 'own', label: 'as drawn', title: 'Each chart as it is on paper' },
  { value: 'linear', label: 'linear', title: 'Costs on plain axes' },
  {
    value: 'log',
    label: 'log',
    title: 'Costs on logarithms, straight about zero where bars begin; throughput stays as it is',
  },
] as const;

function nameOf(mechanism: string): string {
  return mechanism === bufferMechanism ? 'baseline+buffer' : mechanism;
}

function box(mechanism: string): Markup {
  return html`<label><input type="checkbox" name="mechanism" value="${mechanism}" checked><span class="swatch" style="background:${colourOf(mechanism)}"></span>${nameOf(mechanism)}</label>
`;
}

/**
 * What a reader chooses by: hidden until the script has come to life, shut where there is little room.
 * @param mechanisms in the order of all lists
 */
export function toolbar(mechanisms: readonly string[]): Markup {
  const radios = axes.map(
    (
      { value, label, title },
      index,
    ) => html`<label title="${title}"><input type="radio" name="axis" value="${value}"${index === 0 ? html` checked` : ''}>${label}</label>
`,
  );
  return html`<form id="${toolbarId}" aria-label="What charts and cost tables show" hidden>
<details><summary><span>Show</span> <output aria-live="polite"></output></summary>
<div><fieldset><legend>Mechanisms</legend>${mechanisms.map(box)}<button type="button" name="all">All</button></fieldset>
<fieldset><legend>Cost axes</legend>${radios}</fieldset></div></details></form>
`;
}
