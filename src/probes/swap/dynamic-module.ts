import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FailedError } from '../../errors.js';
import { buildFor } from '../../mechanisms/dynamic-module.js';
import { prebuilt } from '../../mechanisms/prebuilt.js';
import type { Place } from '../place.js';
import { moveInto } from './listener.js';
import { briskDrain, dynamicLoad, fillerOf, getRequest, noFilters, type SwapSeries } from './series.js';
import { asVersionTwo, jobOfCode, jobOfConfig, refusedRequest } from './versions.js';

const claims = [dynamicLoad];
const searchPath = 'ENVOY_DYNAMIC_MODULES_SEARCH_PATH';

/** One module, with one configuration after another. */
export const moduleConfigSwaps: SwapSeries = {
  id: 'swap/dynamic-module',
  claims,
  question: 'does a new listener swap a dynamic module in, for another configuration and out, under load?',
  async prepare(place) {
    const { folder } = await twoModules(place, prebuilt.dynamicModule);
    const fill = await fillerOf('swapped-dynamic-module');
    const filter = (version: string) => () => fill({ module: 'one', job: jobOfConfig(version) }).http_filters;
    return {
      first: { version: 'none', filters: noFilters },
      steps: [
        { probe: 'swap/dynamic-module/in', way: 'listener', to: 'one', filters: filter('one') },
        { probe: 'swap/dynamic-module/config', way: 'listener', to: 'two', filters: filter('two') },
        { probe: 'swap/dynamic-module/out', way: 'listener', to: 'none', filters: noFilters },
      ],
      clusters: [],
      env: { [searchPath]: folder },
      request: getRequest,
    };
  },
};

/** One module after another: in a file of its own, in the same file, and in the same file once nothing uses it any more. */
function codeSwaps(language: string, folderOf: (abi: string) => string): SwapSeries {
  const id = `swap/dynamic-module-${language}`;
  return {
    id,
    claims,
    question: `does a new listener swap the code of a module in ${language} under load, from another and from the same file?`,
    async prepare(place) {
      const { folder, first } = await twoModules(place, folderOf);
      const fill = await fillerOf('swapped-dynamic-module');
      const filter = (module: string, revision: number) => () =>
        fill({ module, job: jobOfCode(revision) }).http_filters;
      return {
        first: { version: 'one', filters: filter('one', 0) },
        steps: [
          { probe: `${id}/other-file`, way: 'listener', to: 'two', filters: filter('two', 0) },
          {
            probe: `${id}/same-path`,
            way: 'same-path',
            to: 'one',
            filters: filter('two', 1),
            before: async () => void (await moveInto(join(folder, 'libtwo.so'), first)),
          },
          { probe: `${id}/out`, way: 'listener', to: 'none', filters: noFilters },
          { probe: `${id}/in-again`, way: 'same-path', to: 'one', filters: filter('two', 2) },
        ],
        clusters: [],
        env: { [searchPath]: folder },
        request: refusedRequest,
        // A module can be unloaded only when the old listener is gone.
        drain: { ...briskDrain, cutMs: 1_000 },
      };
    },
  };
}

export const moduleCodeSwaps: readonly SwapSeries[] = [
  codeSwaps('rust', prebuilt.dynamicModule),
  codeSwaps('c', prebuilt.dynamicModuleC),
];

/** A search path of its own with libone.so and libtwo.so, that differ in what they say. */
export async function twoModules({ dir, envoy }: Place, folderOf: (abi: string) => string) {
  const abi = buildFor(envoy.version);
  if (abi === null)
    throw new FailedError(`no build of the module fits Envoy ${envoy.version}`, 'see docs/compatibility.md');
  const first = await readFile(join(folderOf(abi), 'libfilterbench.so'));
  const second = asVersionTwo(first);
  const folder = join(dir, 'modules');
  await mkdir(folder, { mode: 0o700 });
  await writeFile(join(folder, 'libone.so'), first);
  await writeFile(join(folder, 'libtwo.so'), second);
  return { folder, first, second };
}
