import { describe, expect, it } from 'vitest';
import { mechanismNames } from '../../src/mechanisms/index.js';
import { chartsOf } from '../../src/report/index.js';
import { bufferMechanism, colourOf, ink, mechanismRank, otherColour } from '../../src/report/palette.js';
import { drawSvg } from '../../src/report/render/svg.js';
import { fixtureRun } from './fixture-run.js';

const six = ['cpp', 'lua', 'wasm', 'dynamic-module', 'ext-proc', 'ext-authz'];
const added = 'of-somebody-else';

describe('a mechanism without a colour of its own', () => {
  it('has one that no other has, and stands behind them', () => {
    expect(colourOf(added)).toBe(otherColour);
    expect(new Set([...six, bufferMechanism, added].map(colourOf)).size).toBe(six.length + 2);
    expect([added, ...six, bufferMechanism].toSorted((a, b) => mechanismRank(a) - mechanismRank(b))).toEqual([
      bufferMechanism,
      ...mechanismNames.slice(0, six.length),
      added,
    ]);
  });

  it('is painted with it in every chart that has its arm, and the others are not', async () => {
    const run = fixtureRun();
    // Its place in the rows is the same.
    const last = 'ext-authz';
    const renamed = run.arms.map((arm) => (arm.mechanism === last ? { ...arm, mechanism: added } : arm));
    const drawn = chartsOf({ ...run, arms: renamed }).filter(({ name }) => name.startsWith('headers-'));
    expect(drawn.length).toBeGreaterThan(0);
    for (const [at, { name, spec, alt }] of drawn.entries()) {
      const { svg } = await drawSvg(spec, alt);
      expect(svg, name).toContain(otherColour);
      expect(svg, name).toContain(colourOf('cpp'));
      const before = chartsOf(run).filter((chart) => chart.name.startsWith('headers-'))[at];
      const { svg: plain } = await drawSvg(before!.spec, before!.alt);
      expect(plain, name).not.toContain(otherColour);
      expect(plain.replaceAll(colourOf(last), otherColour) === svg, name).toBe(true);
    }
  });
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

it.each(Object.keys(sights))(
  'is told from every other, to eyes with %s, better than those of Okabe and Ito from each other',
  (name) => {
    const ours = six.map(colourOf);
    const least = Math.min(
      ...Object.values(sights).flatMap((sight) =>
        ours.flatMap((one, at) => ours.slice(at + 1).map((other) => distance(one, other, sight))),
      ),
    );
    for (const other of [...ours, colourOf(bufferMechanism), ink.text])
      expect(distance(otherColour, other, sights[name]!), other).toBeGreaterThan(least);
  },
);
