import { afterEach, describe, expect, it, vi } from 'vitest';
import { mechanisms } from '../../src/mechanisms/index.js';

const added = (count: number) => Array.from({ length: count }, (_, index) => `added-${'abcde'[index]}`);

/** The palette, as it is with so many more mechanisms in the list. */
async function paletteWith(count: number): Promise<typeof import('../../src/report/palette.js')> {
  vi.resetModules();
  vi.doMock('../../src/mechanisms/index.js', () => ({
    mechanismNames: [...mechanisms.map(({ name }) => name), ...added(count)],
  }));
  return import('../../src/report/palette.js');
}

afterEach(() => vi.doUnmock('../../src/mechanisms/index.js'));

const grey = '#767676';

it('a mechanism that is added has a colour of its own and a place behind the others', async () => {
  const { colourOf, mechanismRank, mechanismOrder } = await paletteWith(3);
  const colours = mechanismOrder.map(colourOf);
  expect(colours).toHaveLength(mechanisms.length + 3);
  expect(new Set([...colours, grey]).size).toBe(colours.length + 1);
  expect(mechanismRank('added-a')).toBe(mechanisms.length);
});

it('changes no other’s colour', async () => {
  const { colourOf: before } = await paletteWith(0);
  const { colourOf: after } = await paletteWith(2);
  for (const { name } of mechanisms) expect(after(name)).toBe(before(name));
});

it('one that is not in the list, and one too many, are grey', async () => {
  const { colourOf, mechanismRank } = await paletteWith(4);
  expect(colourOf('of-a-later-version')).toBe(grey);
  expect(colourOf('added-d')).toBe(grey);
  expect(mechanismRank('of-a-later-version')).toBe(mechanisms.length + 4);
});

// How colours look to those who lack one kind of cone: Machado, Oliveira and Fernandes (2009), severity 1, in linear RGB.
const sights: Readonly<Record<string, readonly (readonly number[])[]>> = {
  all: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  'no red cones': [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  'no green cones': [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  'no blue cones': [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

const times = (matrix: readonly (readonly number[])[], vector: readonly number[]) =>
  matrix.map((row) => row.reduce((sum, each, at) => sum + each * vector[at]!, 0));

function linear(hex: string): number[] {
  return [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
}

/** Björn Ottosson's Oklab, in which distances are as large as they look. */
function oklab(rgb: readonly number[]): number[] {
  const cones = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    rgb,
  );
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    cones.map(Math.cbrt),
  );
}

function distance(one: string, other: string, matrix: readonly (readonly number[])[]): number {
  const [a, b] = [one, other].map((hex) => {
    const seen = times(matrix, linear(hex)).map((part) => Math.min(1, Math.max(0, part)));
    return oklab(seen);
  });
  return Math.hypot(...a!.map((part, at) => part - b![at]!));
}

describe.each(Object.entries(sights))('to eyes with %s', (name, matrix) => {
  it('spare colours are as far from all others as those of Okabe and Ito are from each other', async () => {
    const { colourOf, ink } = await paletteWith(3);
    const ours = mechanisms.map((each) => colourOf(each.name));
    const least = Math.min(
      ...Object.values(sights).flatMap((sight) =>
        ours.flatMap((one, at) => ours.slice(at + 1).map((other) => distance(one, other, sight))),
      ),
    );
    const spare = added(3).map(colourOf);
    for (const [at, colour] of spare.entries()) {
      for (const other of [...ours, ...spare.slice(at + 1), grey, ink.text])
        expect(distance(colour, other, matrix), `${colour} and ${other}, ${name}`).toBeGreaterThan(least);
    }
  });
});
