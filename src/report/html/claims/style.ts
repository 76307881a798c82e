import type { VerdictWord } from '../../../results/schema/index.js';
import { wordClass } from './badge.js';

/** A word's letters and what they stand on. */
export interface BadgeColours {
  readonly ink: string;
  readonly paper: string;
}

/** Colours of the words, by the reader's preference; every word has a contrast of 4.5 or more. */
export const badgeColours: Readonly<Record<'light' | 'dark', Readonly<Record<VerdictWord, BadgeColours>>>> = {
  light: {
    supported: { ink: '#0f5323', paper: '#d7f5df' },
    refuted: { ink: '#96132b', paper: '#ffe3e6' },
    outdated: { ink: '#5b2a9d', paper: '#f0e6ff' },
    inconclusive: { ink: '#6b4700', paper: '#fff3c4' },
    'not tested': { ink: '#4b545d', paper: '#eceff2' },
  },
  dark: {
    supported: { ink: '#8be29b', paper: '#12361f' },
    refuted: { ink: '#ffaba4', paper: '#4d161b' },
    outdated: { ink: '#d9bcff', paper: '#37234f' },
    inconclusive: { ink: '#f0cd6b', paper: '#3b2f08' },
    'not tested': { ink: '#b4bbc3', paper: '#272d35' },
  },
};

function coloursOf(scheme: 'light' | 'dark'): string {
  return (Object.entries(badgeColours[scheme]) as [VerdictWord, BadgeColours][])
    .map(([word, { ink, paper }]) => `.verdict.${wordClass(word)} { color: ${ink}; background: ${paper}; }`)
    .join('\n');
}

/** The style of the verdicts: a table where there is room, else a block a claim. */
export const claimsStyle = `
${coloursOf('light')}
@media screen and (prefers-color-scheme: dark) {
${coloursOf('dark')}
}
.verdict { display: inline-block; border-radius: 1em; padding: .05em .65em; font-size: .85rem; font-weight: 600; white-space: nowrap; }
.counts { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; margin: .5rem 0 1rem; padding: 0; }
.verdicts { width: 100%; font-size: .9rem; table-layout: fixed; }
.verdicts > thead > tr > th:first-child { width: 42%; } .verdicts > thead > tr > th:nth-child(2) { width: 9rem; }
.verdicts .area th { padding-top: 1rem; font-size: 1rem; }
.verdicts .claim > tr:first-child > * { border-bottom: 0; padding-bottom: 0; }
.verdicts .claim > tr > th { font-weight: 400; } .statement { display: block; }
.verdicts .number { font-weight: 600; white-space: nowrap; }
.verdicts .note { display: block; font-size: .85rem; line-height: 1.35; color: var(--muted); font-weight: 400; }
.verdicts .why > td { padding-top: 0; } .verdicts details { margin: .15rem 0; } .verdicts summary { color: var(--muted); }
.parts { width: 100%; font-size: .82rem; margin: .5rem 0; }
.parts th[scope=row] { font-weight: 400; min-width: 11rem; } .parts .decides > * { background: var(--soft); }
.parts .seen { min-width: 15rem; } .parts td[data-head=Foretold] { white-space: nowrap; }
.parts .raw code { display: block; } .parts .raw { margin: 0; } .parts .raw > *:not(summary) { margin-left: 0; }
.strip { display: block; fill: var(--ink); stroke: none; }
.strip path { fill: none; stroke: var(--ink); stroke-width: 1.4; } .strip .zero { stroke: var(--muted); stroke-width: 1; }
.strip .margin { stroke: var(--bad); stroke-dasharray: 3 2; }
@media (max-width: 760px) {
  .verdicts, .verdicts > thead, .verdicts > tbody { display: block; } .verdicts > thead { display: none; }
  .verdicts > tbody > tr { display: block; } .verdicts > tbody > tr > * { display: block; border: 0; padding: .1rem 0; }
  .verdicts .claim { border-bottom: 1px solid var(--line); padding: .5rem 0; }
  .verdicts details > *:not(summary) { margin-left: 0; }
}
@media (max-width: 1000px) {
  .parts, .parts tbody, .parts tr, .parts tr > th, .parts .seen { display: block; min-width: 0; } .parts thead { display: none; }
  .parts tr { border-bottom: 1px solid var(--line); padding: .4rem; } .parts tr > * { border: 0; padding: .1rem 0; }
  .parts tr > td:not(.seen) { display: inline-block; margin-right: 1.25rem; } .parts td:nth-child(2) .note { display: inline; margin-left: .5rem; }
  .parts tr > td:last-child { display: block; } .parts div.raw { display: inline; }
  .parts tr.decides { background: var(--soft); }
  .parts td[data-head]::before { content: attr(data-head) ': '; color: var(--muted); } .parts .raw code { display: inline; }
  .parts .strip { display: inline-block; vertical-align: middle; margin-right: .6rem; }
}
@media print {
  .verdicts, .verdicts tr, .parts { break-inside: auto; } .verdicts .claim > tr:first-child, .parts tr { break-inside: avoid; }
  .verdicts .claim > tr:first-child { break-after: avoid; }
  .verdict, .verdicts .note, .parts .note { font-size: inherit; } .verdicts { font-size: 8.5pt; } .parts { font-size: 7.5pt; } .parts th, .parts td { padding: .1rem 0; }
}
`;
