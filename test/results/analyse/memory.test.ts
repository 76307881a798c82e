import { expect, it } from 'vitest';
import { memoryOf } from '../../../src/results/analyse/memory.js';
import type { EvidenceOf } from '../../../src/results/schema/index.js';
import { fakeArm } from '../../schedule/fixture-plan.js';
import { proofs } from './fixture-proofs.js';

const options = { confidence: 0.95, intervals: true };
const server = fakeArm('ext-proc/rust');

function readings(all: readonly (readonly [pssMiB: number | null, serverPssMiB: number | null])[]) {
  return all.map(([pssMiB, serverPssMiB], restart): EvidenceOf<'counters'> => {
    const counters = proofs(server, restart).find((item) => item.kind === 'counters')!;
    return { ...(counters as EvidenceOf<'counters'>), pssMiB, serverPssMiB };
  });
}

it('adds up Envoy and its server restart by restart, with an interval over restarts', () => {
  const memory = memoryOf(
    server,
    readings([
      [20, 1],
      [22, 2],
      [24, 3],
    ]),
    options,
  );
  expect(memory).toMatchObject({ pssMiB: 22, serverPssMiB: 2 });
  expect(memory?.total).toMatchObject({ estimate: 24, perRestart: [21, 24, 27] });
  // t of 2 degrees of freedom is 4.303, and 3 / √3 is 1.732.
  expect(memory?.total?.high).toBeCloseTo(24 + 4.303 * 1.732, 2);
});

it('leaves out a restart in which the server was not read, and all where nobody looked', () => {
  expect(
    memoryOf(
      server,
      readings([
        [20, 1],
        [22, null],
      ]),
      options,
    )?.total?.perRestart,
  ).toEqual([21]);
  expect(memoryOf(server, readings([[null, null]]), options)).toEqual({ pssMiB: null, serverPssMiB: null });
  expect(memoryOf(server, [], options)).toBeNull();
});

it('needs no server for an arm that has none', () => {
  const lua = fakeArm('lua');
  expect(
    memoryOf(
      lua,
      readings([
        [20, null],
        [22, null],
      ]),
      options,
    )?.total?.perRestart,
  ).toEqual([20, 22]);
});

it('has no interval with two restarts, nor in smoke', () => {
  expect(
    memoryOf(
      server,
      readings([
        [20, 1],
        [22, 2],
      ]),
      options,
    )?.total?.low,
  ).toBeNull();
  const smoke = { ...options, intervals: false };
  expect(
    memoryOf(
      server,
      readings([
        [20, 1],
        [22, 2],
        [24, 3],
      ]),
      smoke,
    )?.total?.low,
  ).toBeNull();
});
