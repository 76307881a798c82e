import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packagePaths } from '../paths.js';
import type { Table } from '../scenarios/schema.js';
import { fillTemplate } from '../template.js';
import { type Job, type Mechanism, supported, type Variant } from './types.js';

const luaInline: Variant = {
  id: 'lua',
  mechanism: 'lua',
  class: 'in-process',
  config: 'lua',
  extensions: ['envoy.filters.http.lua', 'envoy.extensions.filters.http.lua.v3.Lua'],
  server: null,
  support: () => supported,
  artefacts: () => [],
  variables: (job) => ({ script: readScript(job) }),
  env: () => ({}),
  counters: ({ scenario }) => [
    { grows: ['http.bench.lua.executions'], perRequest: scenario.phases.length, since: '1.37.0' },
    { staysZero: ['http.bench.lua.errors'] },
  ],
};

export const lua: Mechanism = { name: 'lua', title: 'Lua', variants: [luaInline] };

function readScript({ scenario }: Job): string {
  const text = readFileSync(join(packagePaths.filters, 'lua', `${scenario.name}.lua`), 'utf8');
  const tables = Object.entries(scenario.tables).map(([name, table]) => [`${name}_lua`, toLuaTable(table)]);
  return String(fillTemplate(text, Object.fromEntries(tables)));
}

// JSON's text escapes are Lua's for the printable ASCII that header values are made of.
function toLuaTable(table: Table): string {
  const entries = Object.entries(table).map(
    ([key, value]) => `[${JSON.stringify(key)}]=${JSON.stringify(value)}`,
  );
  return `{${entries.join(',')}}`;
}
