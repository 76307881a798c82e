import type { ArmIdentity } from '../../src/results/schema/index.js';
import type { Truth } from '../schedule/fake-executor.js';
import { bodies } from './made-run.js';

/** µs that a mechanism adds, and for each KiB of body: the world of the article, in its order. */
const added: readonly {
  readonly variants: readonly string[];
  readonly us: number;
  readonly usPerKiB: number;
}[] = [
  { variants: ['cpp'], us: 1, usPerKiB: 0 },
  { variants: ['dynamic-module/rust'], us: 1.8, usPerKiB: 0 },
  { variants: ['lua'], us: 6, usPerKiB: 0.1 },
  { variants: ['wasm/rust'], us: 9, usPerKiB: 0.5 },
  { variants: ['ext-authz/rust-grpc', 'ext-authz/rust-grpc-uds'], us: 60, usPerKiB: 1 },
  { variants: ['ext-proc/rust', 'ext-proc/rust-uds'], us: 90, usPerKiB: 2 },
];

const baselineUs = 34;

function truthIn(world: typeof added): (arm: ArmIdentity) => Truth {
  return ({ variant, scenario }) => {
    const own = world.find(({ variants }) => variants.includes(variant));
    const kib = bodies.find(({ name }) => name === scenario)?.rung?.value ?? 0;
    const us = own ? own.us + own.usPerKiB * kib : 0;
    return variant.startsWith('ext-')
      ? { envoyUs: baselineUs + 0.7 * us, serverUs: 0.3 * us }
      : { envoyUs: baselineUs + us };
  };
}

/** As the article has it. */
export const articleTruth = truthIn(added);

/** The other way round: what it takes for the best is the worst. */
export const turnedTruth = truthIn(
  added.map(({ variants }, index) => {
    const { us, usPerKiB } = added[added.length - 1 - index]!;
    return { variants, us, usPerKiB };
  }),
);

/** What can be seen, by observation and fact: in the world of the article, and in one where all of it is wrong. */
type Facts = Readonly<Record<string, string | number | boolean | null>>;
export type World = Readonly<Record<string, Facts>>;

const contained = { envoyLives: true, harmsNeighbours: false, recovered: true };
const fatal = { envoyLives: false, harmsNeighbours: true, recovered: false };
const works = { works: true };
const fails = { works: false };
const swapped = { took: true, lost: 0 };

const same = (ids: readonly string[], facts: Facts): World =>
  Object.fromEntries(ids.map((id) => [id, facts]));

const luaFaults = ['error', 'loop', 'memory', 'exhaust'].map((fault) => `fault/lua:${fault}`);
const wasmFaults = ['trap', 'loop', 'exhaust'].flatMap((fault) =>
  ['FAIL_CLOSED', 'FAIL_OPEN'].map((policy) => `fault/wasm/c:${fault}@${policy}`),
);
const moduleFaults = ['panic-uncaught', 'null', 'abort'].map((fault) => `fault/dynamic-module/rust:${fault}`);
const serverFaults = ['ext-proc/rust', 'ext-authz/rust-grpc'].flatMap((server) =>
  ['killed', 'hung'].map((fault) => `fault/${server}:${fault}@failure_mode_allow: true`),
);
const bodyProbes = ['request', 'response'].flatMap((way) =>
  ['buffered', 'streamed', 'full-duplex-streamed'].map((mode) => `probe/ext-proc/${way}-body-${mode}`),
);
const worksProbes = [
  ...['lua/inline', 'lua/file', 'lua/waits', 'wasm-runtime/v8', 'wasm-runtime/wazero'],
  ...['wasm/rust', 'wasm/go', 'wasm/cpp', 'dynamic-module/rust', 'dynamic-module/go'].map(
    (id) => `language/${id}`,
  ),
].map((id) => `probe/${id}`);
const swaps = ['wasm', 'dynamic-module'].flatMap((id) => [`probe/swap/${id}/in`, `probe/swap/${id}/out`]);

export const articleWorld: World = {
  // One way to harm others is enough for having no isolation.
  ...same(luaFaults, contained),
  'fault/lua:exhaust': fatal,
  ...same([...wasmFaults, ...serverFaults], contained),
  ...same([...moduleFaults, 'fault/cpp:segv'], fatal),
  'probe/ext-authz/response-headers': { responseHeaderSet: false, requestHeaderSet: true },
  'probe/ext-authz/response-body': { responseBodyChanged: false, responseSeen: false },
  'probe/ext-authz/http': { requestHeaderSet: true },
  'probe/ext-proc/http-headers': { requestHeaderSet: true },
  ...same([...bodyProbes, ...worksProbes], works),
  ...same(swaps, swapped),
};

export const turnedWorld: World = {
  ...same(luaFaults, contained),
  ...same([...wasmFaults, ...serverFaults], fatal),
  ...same([...moduleFaults, 'fault/cpp:segv'], contained),
  'probe/ext-authz/response-headers': { responseHeaderSet: true, requestHeaderSet: false },
  'probe/ext-authz/response-body': { responseBodyChanged: true, responseSeen: true },
  'probe/ext-authz/http': { requestHeaderSet: false },
  'probe/ext-proc/http-headers': { requestHeaderSet: false },
  ...same([...bodyProbes, ...worksProbes], fails),
  ...same(swaps, { took: true, lost: 3 }),
};
