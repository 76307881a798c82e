import { rename, writeFile } from 'node:fs/promises';
import { parse, stringify } from 'yaml';
import { z } from 'zod';

const configSchema = z.looseObject({
  static_resources: z.looseObject({ listeners: z.array(z.looseObject({})).length(1) }),
});

const listenerType = 'type.googleapis.com/envoy.config.listener.v3.Listener';
const asText = (value: unknown) => stringify(value, { aliasDuplicateObjects: false, lineWidth: 0 });

/** The listener of a whole static configuration, as a file that Envoy watches (LDS); pure. */
export function listenerFile(config: string): string {
  const { static_resources: resources } = configSchema.parse(parse(config));
  return asText({
    resources: resources.listeners.map((listener) => ({ '@type': listenerType, ...listener })),
  });
}

/** A whole static configuration without its listener, which Envoy reads from `path` in its place; pure. */
export function watchingListener(config: string, path: string): string {
  const { static_resources: resources, ...rest } = configSchema.parse(parse(config));
  const { listeners: _, ...others } = resources;
  return asText({
    node: { id: 'filterbench', cluster: 'filterbench' },
    ...rest,
    dynamic_resources: { lds_config: { resource_api_version: 'V3', path_config_source: { path } } },
    static_resources: others,
  });
}

/**
 * Moves a new file into the place of another, as Envoy wants it: it sees moves only.
 * @returns when, in ms of `performance.now()`
 */
export async function moveInto(path: string, content: string | Buffer): Promise<number> {
  const temporary = `${path}.new`;
  await writeFile(temporary, content, { mode: 0o600 });
  const atMs = performance.now();
  await rename(temporary, path);
  return atMs;
}
