import { z } from 'zod';
import { withBareFileNames, wordsAbout } from '../compat/envoy-log.js';
import { validateConfig } from '../envoy/running.js';
import { readProto } from '../ext-server-node/grpc/protos.js';
import { prebuilt } from '../mechanisms/prebuilt.js';
import { fetchJson } from '../runtime/fetch-json.js';
import { inPlace, specOf, startProbed } from './place.js';
import { type Probe, probeOf } from './probe.js';

const claims = ['cap-wasm-runtimes'];
const category = 'envoy.wasm.runtime';

// All that Envoy's documentation names or named, and the one that the article names beside V8.
const runtimes = ['v8', 'wamr', 'wasmtime', 'wavm', 'null', 'wazero'] as const;

// Envoy gives the reason first, and says last that the plugin cannot be made.
const why = 'Wasm VM';
const lacking = 'Envoy was compiled without support for it';

/** Whether Envoy's API names it: what a build lacks and what never was, it refuses in the same words. */
function isDocumented(runtime: string): boolean {
  return readProto('envoy/extensions/wasm/v3/wasm.proto').includes(`**${category}.${runtime}**`);
}

function accepts(runtime: (typeof runtimes)[number]): Probe {
  const question = `does Envoy take ${category}.${runtime}?`;
  return probeOf({ id: `wasm-runtime/${runtime}`, claims, question }, (parts) =>
    inPlace(parts, async (place) => {
      const { spec, config } = await specOf(place, {
        fragment: 'wasm-runtime',
        reads: [prebuilt.wasm],
        variables: (inside) => ({
          runtime: `${category}.${runtime}`,
          // The null runtime runs plugins that are linked into Envoy, and finds them by a name in place of code.
          code: runtime === 'null' ? { inline_string: 'probe' } : { filename: inside.path(prebuilt.wasm) },
        }),
      });
      const { accepted, output } = await validateConfig(place.runtime, spec, place.signal);
      return {
        facts: {
          works: accepted,
          accepted,
          builtIn: !output.includes(lacking),
          documented: isDocumented(runtime),
        },
        words: accepted ? null : wordsAbout(why, output),
        config: config(),
        log: withBareFileNames(output),
      };
    }),
  );
}

const infoSchema = z.object({
  node: z.object({ extensions: z.array(z.object({ name: z.string(), category: z.string() })) }),
});

const linked = probeOf(
  {
    id: 'wasm-runtime/linked',
    claims,
    question: 'which Wasm runtimes does Envoy itself say it was built with?',
  },
  (parts) =>
    inPlace(parts, async (place) => {
      await using envoy = await startProbed(place, { fragment: 'lua-inline' });
      const { host, port } = envoy.workload.address('admin');
      const { node } = await fetchJson(`http://${host}:${port}/server_info`, infoSchema, {
        who: 'Envoy',
        what: "Envoy's list of its extensions",
      });
      const names = node.extensions.flatMap((one) => (one.category === category ? [one.name] : [])).sort();
      return {
        facts: { works: names.length > 0, runtimes: names.join(' ') },
        config: envoy.config,
        log: envoy.log(),
      };
    }),
);

/** Which Wasm runtimes this Envoy has. */
export const wasmRuntimeProbes: readonly Probe[] = [...runtimes.map(accepts), linked];
