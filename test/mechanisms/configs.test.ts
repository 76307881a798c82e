import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { composeConfig, readBase, readFragment } from '../../src/envoy/config.js';
import { variants } from '../../src/mechanisms/index.js';
import type { Inside } from '../../src/runtime/types.js';
import { loadScenarios, scenarioNames } from '../../src/scenarios/load.js';

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
      const fragment = await readFragment(variant.config, scenario.name);
      const address = { socket_address: { address: '127.0.0.1', port_value: 1 } };
      const text = composeConfig(base, fragment, {
        ...scenario.tables,
        job: JSON.stringify(scenario.job),
        runtime_flags: {},
        ...{ admin: address, listener: address, echo: address, server: address },
        ...variant.variables(job, inside),
      });
      const filters = JSON.stringify(parse(text).static_resources.listeners);
      expect(filters).toContain('envoy.filters.http.router');
      expect(fragment.http_filters.length).toBeGreaterThan(0);
    },
  );
});

it('the baseline adds no filter', async () => {
  expect((await readFragment('baseline', 'headers')).http_filters).toEqual([]);
});
