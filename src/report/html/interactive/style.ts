import { toolbarId, tooltipId } from './data.js';
import { targetName } from './spec/index.js';

const bar = `#${toolbarId}`;
const tip = `#${tooltipId}`;

/** The style of the toolbar, of charts that were drawn anew, and of tooltips. */
export const interactiveStyle = `
${bar}[hidden] { display: none; }
${bar}:not([hidden]) ~ main :is([id], a, summary, [tabindex]) { scroll-margin-top: 5.5rem; }
${bar} { position: sticky; top: 0; z-index: 5; background: var(--paper); border-bottom: 1px solid var(--line); margin: 0 -1rem; padding: .25rem 1rem; font-size: .875rem; }
${bar} details { margin: 0; } ${bar} summary { padding: .25rem 0; } ${bar} summary span { font-weight: 600; }
${bar} output { color: var(--muted); }
${bar} details > div { display: flex; flex-wrap: wrap; gap: .1rem 2rem; margin: 0 0 .25rem; }
${bar} fieldset { border: 0; margin: 0; padding: 0; min-width: 0; display: flex; flex-wrap: wrap; align-items: center; gap: 0 .9rem; }
${bar} legend { float: left; padding: 0; margin-right: .9rem; color: var(--muted); }
${bar} label { display: inline-flex; align-items: center; min-height: 1.75rem; cursor: pointer; }
${bar} input { width: 1rem; height: 1rem; margin: 0 .4rem 0 0; accent-color: var(--link); }
${bar} label:has([type=checkbox]:not(:checked)) { color: var(--muted); text-decoration: line-through; } ${bar} .swatch { margin-right: .4em; }
${bar} button { font: inherit; color: var(--link); background: none; border: 1px solid var(--line); border-radius: 6px; padding: .1rem .6rem; min-height: 1.6rem; cursor: pointer; }
${bar} :focus-visible, figure .drawn:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
figure .drawn { text-align: center; border-radius: 6px; } figure .drawn svg { display: inline-block; vertical-align: bottom; }
figure .drawn p { margin: 0; padding: .75rem; text-align: left; max-width: none; }
figure.is-drawn > div:first-child { display: none; } figure:not(.is-drawn) > .drawn { display: none; }
.drawn [class*="${targetName}_"] > path { cursor: default; }
.drawn [class*="mark-rect"][class*="${targetName}_"] > path:hover, .drawn [class*="mark-rect"][class*="${targetName}_"] > path.current { opacity: .1; }
.drawn [class*="mark-symbol"][class*="${targetName}_"] > path:hover, .drawn [class*="mark-symbol"][class*="${targetName}_"] > path.current { opacity: .25; }
.drawn [class*="mark-line"][class*="${targetName}_"] > path:hover, .drawn [class*="mark-line"][class*="${targetName}_"] > path.current { opacity: .2; }
${tip} { position: fixed; z-index: 10; visibility: hidden; pointer-events: none; box-sizing: border-box; top: 0; left: 0; max-width: min(27rem, calc(100vw - 1rem));
  background: var(--paper); color: var(--ink); border: 1px solid var(--line); border-radius: 6px; padding: .4rem .6rem; font-size: .8rem; line-height: 1.35; box-shadow: 0 3px 12px #0005; }
${tip}.visible { visibility: visible; }
${tip} table { font-size: inherit; } ${tip} td { border: 0; padding: .1rem 0; overflow-wrap: anywhere; }
${tip} td.key { display: table-cell; margin: 0; font-size: inherit; color: var(--muted); white-space: nowrap; padding: .1rem .75rem .1rem 0; overflow-wrap: normal; } ${tip} tr:first-child td.value { font-weight: 600; }
@media (max-width: 1000px) { ${bar} fieldset { gap: 0 .6rem; } ${bar} legend { margin-right: .3rem; } }
@media (max-width: 700px) {
  ${tip} { left: .5rem !important; right: .5rem; top: auto !important; bottom: .5rem; max-width: none; }
}
@media print {
  ${bar}, ${tip}, figure .drawn { display: none !important; }
  figure.is-drawn > div:first-child { display: block; }
  figure[hidden] { display: block; } tr[data-mechanism][hidden] { display: table-row; }
}
`;
