import type { Radius } from '../faults/radius.js';
import type { CompatOutcome } from '../results/schema/index.js';

/** The background of a word: dark text can be read on `light`, light text on `dark`. A cell always says its word, too. */
export interface Tint {
  readonly light: string;
  readonly dark: string;
}

/** How far a fault reaches: darker step by step, so that the order is seen without colours. */
const radiusTints: Readonly<Record<Radius, Tint>> = {
  none: { light: '#e3eef5', dark: '#16293a' },
  request: { light: '#fff0bf', dark: '#453a12' },
  worker: { light: '#fdd49e', dark: '#573a14' },
  filter: { light: '#fcae74', dark: '#6b3716' },
  process: { light: '#ec8a6e', dark: '#7d2a1f' },
};

/** What became of a subject on an Envoy, from Okabe and Ito's colours. */
const outcomeTints: Readonly<Record<CompatOutcome, Tint>> = {
  loads: { light: '#a6dcc8', dark: '#12382e' },
  warns: { light: '#f7e3a1', dark: '#443a10' },
  misbehaves: { light: '#f3c98b', dark: '#55370f' },
  dies: { light: '#e2a7c8', dark: '#512340' },
  refused: { light: '#eeb293', dark: '#5a2c17' },
  absent: { light: '#d5dae0', dark: '#2b3138' },
};

const answerTints = { yes: outcomeTints.loads, no: outcomeTints.absent, unanswered: outcomeTints.warns };

/** All tints by what they mean. */
export const tints = { ...radiusTints, ...outcomeTints, ...answerTints } as const;

/** What a word in a table is tinted by. */
export type TintName = keyof typeof tints;
