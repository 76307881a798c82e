// Okabe and Ito's colours, without the yellow that vanishes on white.
const colours: Readonly<Record<string, string>> = {
  cpp: '#0072B2',
  lua: '#CC79A7',
  wasm: '#009E73',
  'dynamic-module': '#56B4E9',
  'ext-proc': '#D55E00',
  'ext-authz': '#E69F00',
};

/** The mechanisms with a colour of their own, in the order in which everything lists them. */
export const mechanismOrder: readonly string[] = Object.keys(colours);

/** The colour of all others: Paul Tol's indigo, which nobody takes for one of those, whatever colours one sees. */
export const otherColour = '#332288';

const bufferColour = '#767676';

/** The second baseline, which buffers bodies and does nothing else, is listed before all mechanisms. */
export const bufferMechanism = 'baseline';

/** The one colour of a mechanism, in every chart and table. */
export function colourOf(mechanism: string): string {
  return mechanism === bufferMechanism ? bufferColour : (colours[mechanism] ?? otherColour);
}

/** Where a mechanism stands in lists; those without a colour of their own come last, as they come. */
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
