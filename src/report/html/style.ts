import { variantTableStyle } from './variant-table-style.js';

/** The report's style: light and dark by the reader's preference, from 400 px up, and on paper. */
export const style = `
:root { color-scheme: light dark; --paper: #fff; --ink: #1f2328; --muted: #59636e; --line: #d1d9e0; --soft: #f6f8fa;
  --less: #ddf4ff; --more: #fff1e5; --warn: #9a6700; --bad: #b3261e; --link: #0969da; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #0d1117; --ink: #e6edf3; --muted: #9198a1; --line: #3d444d; --soft: #151b23;
    --less: #10304d; --more: #47290f; --warn: #e0b341; --bad: #ff8f84; --link: #6cb1ff; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 1340px; background: var(--paper); color: var(--ink);
  font: 16px/1.5 Arial, Helvetica, sans-serif; overflow-wrap: break-word; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .5rem; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 .5rem; padding-bottom: .25rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1.05rem; margin: 1.5rem 0 .25rem; }
h4 { font-size: 1rem; margin: 1.25rem 0 .25rem; }
p { margin: .25rem 0 .75rem; max-width: 75ch; }
a { color: var(--link); }
.headline { font-size: 1.15rem; max-width: 75ch; }
ul.headline { font-size: 1rem; padding-left: 1.2rem; margin: .25rem 0 .75rem; } ul.headline li { margin: .2rem 0; }
.notice { border-left: 4px solid var(--warn); padding: .5rem .75rem; background: var(--soft); max-width: 75ch; }
.muted, caption, figcaption { color: var(--muted); font-size: .9rem; }
code { font: .875em/1.4 ui-monospace, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
pre { background: var(--soft); border: 1px solid var(--line); border-radius: 6px; padding: .6rem .75rem;
  white-space: pre-wrap; margin: .5rem 0; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .15rem 1rem; margin: .5rem 0; }
dt { color: var(--muted); } dd { margin: 0; overflow-wrap: anywhere; }
.links { columns: 20rem 3; padding-left: 1.2rem; margin: .5rem 0; }
details { margin: .5rem 0; } summary { cursor: pointer; }
details > *:not(summary) { margin-left: 1.1rem; } .panels details { margin: 0; } .panels details > *:not(summary) { margin-left: 0; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: .875rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; padding: 0 0 .35rem; }
th, td { padding: .35rem .5rem; border-bottom: 1px solid var(--line); vertical-align: top; text-align: left; }
th { font-weight: 600; }
.costs { width: 100%; }
.costs td, .costs thead th + th { text-align: right; }
.costs td { white-space: nowrap; }
.costs thead th + th { min-width: 3rem; }
.costs thead th { vertical-align: bottom; line-height: 1.25; }
.costs td.status, .costs th.status { text-align: left; }
.costs th[scope=row], .apart th[scope=row] { position: sticky; left: 0; background: var(--paper); white-space: nowrap;
  font-weight: 400; }
.costs tr.baseline > * { background: var(--soft); }
.costs tr.without td { color: var(--muted); }
.swatch { display: inline-block; width: .7em; height: .7em; border-radius: 2px; margin-right: .5em; }
.next { display: block; color: var(--muted); font-size: .9rem; }
.detail, .remark, .narrow { display: block; font-size: .85em; line-height: 1.3; color: var(--muted); white-space: nowrap; }
.remark { font-style: italic; white-space: normal; min-width: 5rem; }
.narrow { display: none; text-indent: 0; }
.status.invalid, .costs tr td.invalid { color: var(--bad); font-weight: 600; }
.panels { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 36rem), 1fr)); gap: 1rem; align-items: start; }
.figures { columns: 32rem 2; column-gap: 1rem; }
figure { break-inside: avoid; margin: 0 0 1rem; background: #fff; color: #59636e; border: 1px solid var(--line); border-radius: 8px; padding: .25rem; min-width: 0; }
figure > div { text-align: center; }
figure svg { max-width: 100%; height: auto; overflow: visible; }
figcaption { color: #59636e; padding: 0 .75rem .5rem; font-size: .8rem; }
.apart th, .apart td { padding: .15rem; text-align: center; min-width: 1.7rem; font-size: .8rem; }
.apart th[scope=row] { text-align: left; padding-right: .6rem; }
.apart td.less { background: var(--less); } .apart td.more { background: var(--more); }
.apart td.same { color: var(--muted); } .apart td.self { background: var(--line); }
.arms { padding-left: 1.2rem; } .arms li { margin: .35rem 0; }${variantTableStyle}
@media (max-width: 1000px) { .costs { font-size: .8rem; } .costs th, .costs td { padding: .35rem .3rem; } }
@media (max-width: 640px) {
  .costs .status { display: none; } .costs .narrow { display: block; }
  .costs th[scope=row] { white-space: normal; min-width: 8rem; padding-left: 1.4rem; text-indent: -1rem; }
}
@media (max-width: 520px) { dl { display: block; } dd { margin-bottom: .4rem; } figure { margin-inline: -.75rem; padding: 0; } body { padding-top: 1rem; } }
@media print {
  :root { color-scheme: light; --paper: #fff; --ink: #000; --muted: #444; --line: #bbb; --soft: #f4f4f4; --less: #ddf4ff;
    --more: #fff1e5; --warn: #9a6700; --bad: #b3261e; --link: #000; }
  @page { margin: 12mm; }
  body { padding: 0; max-width: none; font-size: 10pt; } .headline { font-size: 11pt; }
  h2, h3, h4, caption { break-after: avoid; }
  table, tr { break-inside: avoid; }
  .costs { font-size: 7pt; } .costs th, .costs td { padding: .2rem .25rem; white-space: normal; }
  .costs th[scope=row], .apart th[scope=row] { position: static; }
  .scroll { overflow: visible; }
  details::details-content { content-visibility: visible; height: auto; }
  nav { display: none; } .panels { display: block; } .figures { columns: auto; }
  figure { border: 0; margin-bottom: 6mm; }
  figure svg { max-height: 245mm; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
