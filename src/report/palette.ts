import { mechanismNames } from '../mechanisms/index.js';

/** The mechanisms in the order in which everything lists them. */
export const mechanismOrder = mechanismNames;

// Okabe and Ito's colours, without the yellow that vanishes on white.
const colours: Readonly<Record<string, string>> = {
  cpp: '#0072B2',
  lua: '#CC79A7',
  wasm: '#009E73',
  'dynamic-module': '#56B4E9',
  'ext-proc': '#D55E00',
  'ext-authz': '#E69F00',
};

// For mechanisms that have no colour there, in their order: two of Paul Tol's and a brown, no nearer to the others than these
// are to each other, whatever colours one sees.
const spareColours = ['#332288', '#882255', '#664400'];

const unknownColour = '#767676';

const uncoloured = mechanismOrder.filter((name) => !Object.hasOwn(colours, name));

/** The second baseline, which buffers bodies and does nothing else, is listed before all mechanisms. */
export const bufferMechanism = 'baseline';

/** The one colour of a mechanism, in every chart and table; grey where it is not ours, and where there are no more. */
export function colourOf(mechanism: string): string {
  return colours[mechanism] ?? spareColours[uncoloured.indexOf(mechanism)] ?? unknownColour;
}

/** Where a mechanism stands in lists; those we don't know come last. */
export function mechanismRank(mechanism: string): number {
  if (mechanism === bufferMechanism) return -1;
  const rank = mechanismOrder.indexOf(mechanism);
  return rank === -1 ? mechanismOrder.length : rank;
}

/** Colours of what is not a mechanism. */
export const ink = {
  text: '#1f2328',
  muted: '#59636e',
  rule: '#57606a',
  grid: '#e4e8ec',
  noiseBand: '#d5dae0',
  paper: '#ffffff',
} as const;
