import { expect, it } from 'vitest';
import { style } from '../../src/report/html/style.js';
import { ink } from '../../src/report/palette.js';
import { tints } from '../../src/report/tints.js';

/** WCAG's relative luminance. */
function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (light! + 0.05) / (dark! + 0.05);
}

// By the order in the style: the light, then the dark.
const [lightInk, darkInk] = [...style.matchAll(/--ink: (#[\da-f]{6});/g)].map(([, colour]) => colour!);

it.each(Object.entries(tints))(
  '%s can be read on its tint, in the light, in the dark and in a chart',
  (_, tint) => {
    expect(contrast(tint.light, lightInk!)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(tint.light, ink.text)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(tint.dark, darkInk!)).toBeGreaterThanOrEqual(4.5);
  },
);

it('a wider radius is darker on paper, for those who see no colours', () => {
  const { none, request, worker, filter, process } = tints;
  const shades = [none, request, worker, filter, process].map(({ light }) => luminance(light));
  expect(shades.slice(1)).toEqual(shades.slice(1).toSorted((a, b) => b - a));
});
