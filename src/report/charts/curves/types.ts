import type { Group } from '../groups.js';
import type { Tip } from '../tips.js';
import type { RungAxis } from './scale.js';

/** One variant over the rungs of a series, or over versions of Envoy. */
export interface Curve {
  readonly variant: string;
  readonly mechanism: string;
  /** Tells variants of one mechanism, which share a colour, from each other. */
  readonly style: number;
  readonly points: readonly CurvePoint[];
  /** What is drawn through or between the points, from the left. */
  readonly line: readonly { readonly rung: number; readonly us: number }[];
  /** What is written beside the curve, under its name. */
  readonly label: string;
  /** What a tooltip says of its slope; nothing where it is no line. */
  readonly tip?: Tip;
}

/** The overhead at one place of the axis. */
export interface CurvePoint {
  readonly rung: number;
  readonly us: number;
  readonly low?: number;
  readonly high?: number;
  readonly label: string;
  /** The place in words: `16 KiB`. */
  readonly place?: string;
  readonly tip?: Tip;
}

/** The curves of one plot, of one class. */
export interface Curves {
  readonly title: string;
  readonly class: Group['class'];
  readonly curves: readonly Curve[];
  readonly x: RungAxis;
  /** Whether costs stand on an axis of logarithms. */
  readonly isLogarithmic: boolean;
  /** What zero is at each place, in words. */
  readonly baseline: string;
  /** How far identical arms came apart at each place; empty where the run has no such pairs. */
  readonly noise: readonly { readonly rung: number; readonly us: number }[];
}
