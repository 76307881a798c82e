import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { z } from 'zod';
import { FailedError } from '../errors.js';
import { packagePaths } from '../paths.js';
import { fillTemplate, type Variables } from '../template.js';
import { readYamlFile } from '../yaml-file.js';
import { loadRoutes, upstreamClusters } from './load-route.js';

// Its name, domains and routes are the same in every arm.
const virtualHostSchema = z.strictObject({
  request_headers_to_add: z.unknown(),
  request_headers_to_remove: z.unknown(),
  response_headers_to_add: z.unknown(),
  response_headers_to_remove: z.unknown(),
  typed_per_filter_config: z.unknown(),
});

/** As a user writes it. */
export const fragmentSchema = z.strictObject({
  http_filters: z.array(z.unknown()),
  clusters: z.array(z.unknown()).default([]),
  virtual_host: virtualHostSchema.partial().optional(),
});
/** What a variant adds to the base: HTTP filters in front of the router, clusters, and fields of the virtual host. */
export type ConfigFragment = z.infer<typeof fragmentSchema>;

const baseSchema = z.looseObject({ static_resources: z.looseObject({}) });
/** The Envoy that all arms share, as a template. */
export type ConfigBase = z.infer<typeof baseSchema>;

/** Reads `envoy-configs/base.yaml`. */
export function readBase(dir: string = packagePaths.envoyConfigs): Promise<ConfigBase> {
  return readYamlFile(join(dir, 'base.yaml'), baseSchema);
}

/**
 * Reads a variant's fragment.
 * @throws BadInputError where the file is broken; FailedError where there is none.
 */
export async function readFragment(
  name: string,
  scenario: string,
  dir: string = packagePaths.envoyConfigs,
): Promise<ConfigFragment> {
  return readYamlFile(fragmentPath(name, scenario, dir), fragmentSchema);
}

/**
 * Where a variant's fragment is: `<name>/<scenario>.yaml`, else `<name>.yaml`.
 * @throws FailedError where there is none.
 */
export function fragmentPath(
  name: string,
  scenario: string,
  dir: string = packagePaths.envoyConfigs,
): string {
  const candidates = [join(dir, name, `${scenario}.yaml`), join(dir, `${name}.yaml`)];
  const path = candidates.find((candidate) => existsSync(candidate));
  if (path === undefined) {
    throw new FailedError(`${name} has no configuration for ${scenario}`, `write ${candidates.join(' or ')}`);
  }
  return path;
}

/**
 * The whole configuration of one arm's Envoy, as YAML that a user could start Envoy with. Load goes to `${upstream}`, an
 * address, where there is one; else Envoy answers it itself.
 * @param links for each filter of a row what its variables are; a fragment's filters are repeated for each
 * @throws FailedError where a template names a variable that is not known.
 */
export function composeConfig(
  base: ConfigBase,
  fragment: ConfigFragment,
  variables: Variables,
  links: readonly Variables[] = [variables],
): string {
  const { http_filters: filters, clusters } = fragmentSchema.shape;
  const hasUpstream = Object.hasOwn(variables, 'upstream');
  const config = fillTemplate(base, {
    ...variables,
    load_routes: loadRoutes(hasUpstream),
    upstream_clusters: hasUpstream ? upstreamClusters(variables.upstream) : [],
    http_filters: links.flatMap((own) => filters.parse(fillTemplate(fragment.http_filters, own))),
    clusters: clusters.parse(fillTemplate(fragment.clusters, variables)),
    virtual_host: fillTemplate(fragment.virtual_host ?? {}, variables),
  });
  return stringify(config, { aliasDuplicateObjects: false, lineWidth: 0 });
}
