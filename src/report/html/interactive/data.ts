import type { ChartSpec } from './spec/index.js';

/** A chart that a page draws anew; its picture is in the page, too, in the figure of the same id. */
export interface EmbeddedChart {
  readonly name: string;
  readonly spec: ChartSpec;
}

/** What the page's script finds in the page, by `dataId`. Pairs and no objects: a name may be `__proto__`. */
export interface PageData {
  readonly mechanisms: readonly (readonly [variant: string, mechanism: string])[];
  readonly charts: readonly (readonly [name: string, spec: ChartSpec])[];
}

/** Ids of what the script looks for. */
export const dataId = 'chart-data';
export const toolbarId = 'choice';
export const tooltipId = 'chart-tooltip';

/** JSON that cannot end the element that it stands in, whatever a stored run holds. */
export function scriptSafeJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
