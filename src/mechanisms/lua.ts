import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packagePaths } from '../paths.js';
import { linksOf } from '../scenarios/scenario.js';
import type { Table } from '../scenarios/schema.js';
import { fillTemplate } from '../template.js';
import { publicKeysInLua } from './public-keys.js';
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
    {
      grows: ['http.bench.lua.executions'],
      perRequest: scenario.phases.length * linksOf(scenario),
      since: '1.37.0',
    },
    { staysZero: ['http.bench.lua.errors'] },
  ],
};

/** The same script from a file: Envoy reads it once, as it starts. */
const luaFile: Variant = {
  ...luaInline,
  id: 'lua/file',
  aside: true,
  config: 'lua-file',
  files: (job) => ({ [fileOf(job)]: readScript(job) }),
  variables: (job, inside) => ({ script: inside.file(fileOf(job)) }),
};

export const lua: Mechanism = { name: 'lua', title: 'Lua', variants: [luaInline, luaFile] };

function fileOf({ link = 1 }: Job): string {
  return `filter-${link}.lua`;
}

const scripts = join(packagePaths.filters, 'lua');

/** A family's script; it may name parts that several share, the tables, plain fields of the job, and its link. */
function readScript({ scenario, link = 1 }: Job): string {
  const { family, tables, job } = scenario;
  return String(
    fillTemplate(readFileSync(join(scripts, `${family}.lua`), 'utf8'), {
      ...parts(),
      ...inLua(job),
      ...inLua(tables),
      ...(family === 'jwt' && { keys_lua: publicKeysInLua(job.keys) }),
      link,
    }),
  );
}

let partsRead: Readonly<Record<string, string>> | undefined;

// Every link of a row asks for them.
function parts(): Readonly<Record<string, string>> {
  partsRead ??= readParts();
  return partsRead;
}

function readParts(): Record<string, string> {
  const dir = join(scripts, 'parts');
  return Object.fromEntries(
    readdirSync(dir).map((file) => [
      `parts.${file.replace(/\.lua$/, '')}`,
      readFileSync(join(dir, file), 'utf8'),
    ]),
  );
}

/** Texts, lists of texts and tables, each under its name with `_lua` behind. */
function inLua(values: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => {
      const literal = toLua(value);
      return literal === null ? [] : [[`${name}_lua`, literal]];
    }),
  );
}

// JSON's text escapes are Lua's for the printable ASCII that header values and words are made of.
function toLua(value: unknown): string | null {
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return `{${value.map((item) => JSON.stringify(item)).join(',')}}`;
  return isTable(value) ? toLuaTable(value) : null;
}

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null;
}

function toLuaTable(table: Table): string {
  const entries = Object.entries(table).map(
    ([key, value]) => `[${JSON.stringify(key)}]=${JSON.stringify(value)}`,
  );
  return `{${entries.join(',')}}`;
}
