import { anywhere } from '../../compat/attempt.js';
import { prebuilt } from '../../mechanisms/prebuilt.js';
import type { RunningWorkload } from '../../runtime/types.js';
import { toEnvoyAddress } from '../../session/envoy-address.js';
import type { Place } from '../place.js';
import { dynamicLoad, fillerOf, getRequest, noFilters, type SwapSeries } from './series.js';
import { jobOfConfig } from './versions.js';

/** Which of two servers is asked. */
export const extProcSwaps: SwapSeries = {
  id: 'swap/ext-proc',
  claims: [dynamicLoad],
  question: 'does a new listener swap ext_proc in, for another server and out, under load?',
  async prepare(place) {
    const fill = await fillerOf('swapped-ext-proc');
    const [one, two] = [await startServer(place, 'one'), await startServer(place, 'two')];
    const of = (version: string, server: RunningWorkload) =>
      fill({ cluster: `ext_server_${version}`, server: toEnvoyAddress(server.peerAddress('listen')) });
    const filters = (version: string, server: RunningWorkload) => () => of(version, server).http_filters;
    return {
      first: { version: 'none', filters: noFilters },
      steps: [
        { probe: 'swap/ext-proc/in', way: 'listener', to: 'one', filters: filters('one', one) },
        { probe: 'swap/ext-proc/server', way: 'listener', to: 'two', filters: filters('two', two) },
        { probe: 'swap/ext-proc/out', way: 'listener', to: 'none', filters: noFilters },
      ],
      clusters: [...of('one', one).clusters, ...of('two', two).clusters],
      env: {},
      request: getRequest,
    };
  },
};

const jobFile = 'job.json';
const readyTimeoutMs = 10_000;

/** A server that says its version on every response; it ends with the place. */
function startServer({ runtime, signal }: Place, version: string): Promise<RunningWorkload> {
  return runtime.start(
    {
      name: `server-${version}`,
      role: 'ext-server',
      program: prebuilt.extServer,
      reads: [prebuilt.extServer],
      ports: ['listen', 'admin'],
      cpus: anywhere.serverCpus,
      files: () => ({ [jobFile]: jobOfConfig(version) }),
      args: (inside) => {
        const at = (port: string) => `${inside.bind(port).host}:${inside.bind(port).port}`;
        return [
          ...['--protocol', 'ext-proc'],
          ...['--listen', at('listen')],
          ...['--admin', at('admin')],
          ...['--job', inside.file(jobFile)],
        ];
      },
      ready: { port: 'admin', path: '/ready', timeoutMs: readyTimeoutMs },
    },
    signal,
  );
}
