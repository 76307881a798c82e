import { tints } from '../tints.js';

function properties(shade: 'light' | 'dark'): string {
  return Object.entries(tints)
    .map(([name, tint]) => `--tint-${name}: ${tint[shade]};`)
    .join(' ');
}

const classes = Object.keys(tints)
  .map((name) => `.tint-${name} { background: var(--tint-${name}); }`)
  .join(' ');

/** The style of tables in groups and of their tints; on paper they are those of the light. */
export const groupedStyle = `
:root { ${properties('light')} }
@media screen and (prefers-color-scheme: dark) { :root { ${properties('dark')} } }
${classes}
.grouped { width: 100%; }
.grouped th { font-weight: 400; } .grouped thead th { font-weight: 600; vertical-align: bottom; line-height: 1.25; }
.grouped th[scope=row] { position: sticky; left: 0; z-index: 1; background: var(--paper); min-width: 8rem; }
.grouped tr.group th { background: var(--soft); padding-top: .6rem; } .grouped tr.group span { font-weight: 600; position: sticky; left: .5rem; }
.grouped .word { white-space: nowrap; } .grouped .text { min-width: 15rem; overflow-wrap: anywhere; }
.grouped .number { text-align: right; white-space: nowrap; }
.grouped td[class*=tint] { border-left: 2px solid var(--paper); border-right: 2px solid var(--paper); }
.grouped .detail { white-space: normal; }
.grouped sup { line-height: 0; } .grouped sup a { color: inherit; }
.key { list-style: none; padding: 0; margin: .5rem 0 .75rem; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; font-size: .875rem; }
.key .word { display: inline-block; font-weight: 600; } .key .word[class*=tint] { padding: 0 .4rem; border-radius: 3px; font-weight: 400; }
.notes { font-size: .8rem; color: var(--muted); padding-left: 2rem; overflow-wrap: anywhere; } .notes li { margin: .15rem 0; }
.heat-map, .whole-run { width: fit-content; max-width: 100%; }
@media (max-width: 640px) {
  .heat-map svg, .whole-run svg { max-width: none; }
  .grouped { font-size: .8rem; } .grouped th, .grouped td { padding: .35rem .3rem; }
  .grouped th[scope=row] { max-width: 9.5rem; overflow-wrap: anywhere; }
}
@media print {
  .grouped { font-size: 7pt; break-inside: auto; } .grouped th, .grouped td { padding: .2rem .25rem; }
  .grouped tr.group { break-after: avoid; } .grouped th[scope=row], .grouped tr.group span { position: static; }
  .grouped .word { white-space: normal; } .grouped .text { min-width: 0; } .grouped th[scope=row] { min-width: 0; }
  .heat-map, .whole-run { max-width: none; }
}
`;
