import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { composeConfig, readBase, readFragment } from '../../src/envoy/config.js';
import { variants } from '../../src/mechanisms/index.js';
import type { Inside } from '../../src/runtime/types.js';
import { loadScenarios, scenarioNames } from '../../src/scenarios/load.js';
import { jobOfLink, linksOf, usesUpstream } from '../../src/scenarios/scenario.js';

const inside: Inside = {
  path: (hostPath) => hostPath,
  file: (name) => `/private/${name}`,
  bind: () => ({ host: '127.0.0.1', port: 1 }),
  socket: (name) => `/private/${name}.sock`,
};
const base = await readBase();
const scenarios = await loadScenarios(await scenarioNames());
const cases = variants.flatMap((variant) => scenarios.map((scenario) => ({ variant, scenario })));

describe('what a variant can do with the default Envoy', () => {
  it.each(cases)(
    '$variant.id on $scenario.name: a configuration, or a reason why not',
    async ({ variant, scenario }) => {
      const job = { scenario, envoyVersion: '1.40.0' };
      const support = variant.support(job);
      if (support.status !== 'supported') {
        expect(support.reason).not.toBe('');
        return;
      }
      const fragment = await readFragment(variant.config, scenario.family);
      const address = { socket_address: { address: '127.0.0.1', port_value: 1 } };
      const links = Array.from({ length: linksOf(scenario) }, (_, index) => ({
        ...scenario.tables,
        link: String(index + 1),
        job: JSON.stringify(jobOfLink(scenario, index + 1)),
        runtime_flags: {},
        ...{ admin: address, listener: address, echo: address, server: address },
        ...(usesUpstream(scenario) && { upstream: address }),
        ...variant.variables({ ...job, link: index + 1 }, inside),
      }));
      const text = composeConfig(base, fragment, links[0]!, links);
      const [manager] = parse(text).static_resources.listeners[0].filter_chains[0].filters;
      const names = manager.typed_config.http_filters.map(({ name }: { name: string }) => name);
      expect(names.at(-1)).toBe('envoy.filters.http.router');
      const ofRoutes = fragment.virtual_host ?? {};
      expect(fragment.http_filters.length + Object.keys(ofRoutes).length).toBeGreaterThan(0);
      expect(manager.typed_config.route_config.virtual_hosts[0]).toMatchObject(ofRoutes);
      expect(names).toHaveLength(1 + links.length * fragment.http_filters.length);
      expect(text).not.toContain('${');
    },
  );
});

it('the baseline adds no filter', async () => {
  expect((await readFragment('baseline', 'headers')).http_filters).toEqual([]);
});
