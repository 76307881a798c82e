import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { prebuilt } from '../../mechanisms/prebuilt.js';
import type { Place } from '../place.js';
import { moveInto } from './listener.js';
import { dynamicLoad, fillerOf, getRequest, noFilters, type SwapSeries } from './series.js';
import { asVersionTwo, jobOfCode, jobOfConfig, refusedRequest } from './versions.js';

const claims = [dynamicLoad];

/** One module, with one configuration after another. */
export const wasmConfigSwaps: SwapSeries = {
  id: 'swap/wasm',
  claims,
  question: 'does a new listener swap a Wasm filter in, for another configuration and out, under load?',
  async prepare() {
    const fill = await fillerOf('swapped-wasm');
    const filter = (version: string) => () =>
      fill({ module: prebuilt.wasm, job: jobOfConfig(version) }).http_filters;
    return {
      first: { version: 'none', filters: noFilters },
      steps: [
        { probe: 'swap/wasm/in', way: 'listener', to: 'one', filters: filter('one') },
        { probe: 'swap/wasm/config', way: 'listener', to: 'two', filters: filter('two') },
        { probe: 'swap/wasm/out', way: 'listener', to: 'none', filters: noFilters },
      ],
      clusters: [],
      env: {},
      request: getRequest,
    };
  },
};

/** One module after another: in a file of its own, then in the same file. */
export const wasmCodeSwaps: SwapSeries = {
  id: 'swap/wasm-code',
  claims,
  question:
    'does a new listener swap the code of a Wasm filter under load, from another and from the same file?',
  async prepare(place) {
    const { one, two, first } = await twoModules(place);
    const fill = await fillerOf('swapped-wasm');
    const filter = (module: string, revision: number) => () =>
      fill({ module, job: jobOfCode(revision) }).http_filters;
    return {
      first: { version: 'one', filters: filter(one, 0) },
      steps: [
        { probe: 'swap/wasm-code/other-file', way: 'listener', to: 'two', filters: filter(two, 0) },
        {
          probe: 'swap/wasm-code/same-path',
          way: 'same-path',
          to: 'one',
          filters: filter(two, 1),
          before: async () => void (await moveInto(two, first)),
        },
      ],
      clusters: [],
      env: {},
      request: refusedRequest,
    };
  },
};

async function twoModules({ dir }: Place): Promise<{ one: string; two: string; first: Buffer }> {
  const first = await readFile(prebuilt.wasm);
  const folder = join(dir, 'modules');
  await mkdir(folder, { mode: 0o700 });
  const [one, two] = [join(folder, 'one.wasm'), join(folder, 'two.wasm')];
  await writeFile(one, first);
  await writeFile(two, asVersionTwo(first));
  return { one, two, first };
}
