import { readFragment } from '../envoy/config.js';
import { addedByRoute } from '../envoy/load-route.js';
import { bufferBaseline } from '../mechanisms/buffer.js';
import { cpp } from '../mechanisms/cpp.js';
import type { Variant } from '../mechanisms/index.js';
import { loadScenarios, type Scenario } from '../scenarios/load.js';
import type { Subject } from './subject.js';

interface BuiltIn {
  readonly name: string;
  /** Its configuration's type, without the beginning that all have. */
  readonly type: string;
  readonly scenario: string;
  /** The filters of the scenario's fragment that are started; all where it is left away. */
  readonly with?: readonly string[];
}

/** Each of Envoy's own filters that an arm is made of, in a job that shows that it works. */
const builtIns: readonly BuiltIn[] = [
  { name: 'header_mutation', type: 'header_mutation.v3.HeaderMutation', scenario: 'headers' },
  { name: 'api_key_auth', type: 'api_key_auth.v3.ApiKeyAuth', scenario: 'access' },
  { name: 'jwt_authn', type: 'jwt_authn.v3.JwtAuthentication', scenario: 'jwt' },
  {
    name: 'json_to_metadata',
    type: 'json_to_metadata.v3.JsonToMetadata',
    scenario: 'model-routing-1k',
    with: ['json_to_metadata', 'header_mutation'],
  },
  { name: 'set_filter_state', type: 'set_filter_state.v3.Config', scenario: 'model-routing-1k' },
  { name: 'transform', type: 'transform.v3.TransformConfig', scenario: 'json-rewrite-1k' },
];

export const builtInGroup = 'C++ built-in';

/** @throws BadInputError where a scenario is broken. */
export async function builtInSubjects(): Promise<Subject[]> {
  const [variant] = cpp.variants;
  if (!variant) throw new TypeError('cpp has a variant');
  const [rewrite] = await loadScenarios(['json-rewrite-1k']);
  return [
    ...(await Promise.all(builtIns.map((builtIn) => subjectOf(builtIn, variant)))),
    // It passes everything on as it is: an arm of the baseline.
    about('buffer', bufferBaseline, rewrite ? [rewrite] : []),
  ];
}

async function subjectOf({ name, type, scenario: asked, with: names }: BuiltIn, variant: Variant) {
  const [scenario] = await loadScenarios([asked]);
  if (!scenario) throw new TypeError(`${asked} is a scenario`);
  const extensions = [extension(name), `envoy.extensions.filters.http.${type}`];
  if (!names) return about(name, { ...variant, extensions }, [withShortTables(scenario)]);
  const whole = await readFragment(variant.config, scenario.family);
  const kept = names.map(extension);
  const fragment = {
    ...whole,
    http_filters: whole.http_filters.filter((filter) => kept.includes(nameOf(filter))),
  };
  return about(name, { ...variant, extensions, fragment }, [onTheCommonRoute(scenario)]);
}

function about(name: string, variant: Variant, scenarios: readonly Scenario[]): Subject {
  const id = `built-in/${name}`;
  return { id, group: builtInGroup, name, mechanism: variant.mechanism, variant, scenarios, files: [] };
}

function extension(name: string): string {
  return `envoy.filters.http.${name}`;
}

function nameOf(filter: unknown): string {
  return typeof filter === 'object' && filter !== null && 'name' in filter ? String(filter.name) : '';
}

/** The cases whose route is the common one, chosen once or twice: filters by themselves differ in whether they choose again. */
export function onTheCommonRoute(scenario: Scenario): Scenario {
  const isCommon = (headers: Readonly<Record<string, string | null>>) =>
    Object.keys(addedByRoute(headers)).length === 0;
  const cases = scenario.cases.filter(
    ({ request, expect }) => isCommon(request.headers) && isCommon(expect.upstream?.headers ?? {}),
  );
  return { ...scenario, cases };
}

/** The first and the last of each table: enough to show that a filter looks things up. */
function withShortTables(scenario: Scenario): Scenario {
  const tables = Object.entries(scenario.tables).map(([name, table]) => {
    const entries = Object.entries(table);
    return [name, Object.fromEntries([...entries.slice(0, 1), ...entries.slice(-1)])];
  });
  return { ...scenario, tables: Object.fromEntries(tables) };
}
