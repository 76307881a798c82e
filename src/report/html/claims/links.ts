import type { ClaimArea, Run, VerdictPart } from '../../../results/schema/index.js';
import type { Beside } from '../../beside.js';
import { besideSections } from '../../content/beside-sections.js';
import { type Family, familiesOf } from '../../content/panels.js';
import { chartKindsOf, type RawLines } from '../../content/verdict-parts.js';
import { newestPanelsOf } from '../../content/versions.js';
import type { DrawnChart } from '../../render/index.js';
import { anchorOf } from '../families.js';

/** Where in the page the numbers of a part are. */
export interface PartLinks {
  /** Of the scenario's section; null where the page has none. */
  readonly section: string | null;
  /** Of the chart that shows it best; null where none does. */
  readonly chart: string | null;
  /** Of the section about faults, versions or probes; null where the page has none. */
  readonly beside: string | null;
  /** What a file of lines is called beside this report. */
  fileOf(file: RawLines['file']): string;
}

// What is seen, not measured, has a section for each area.
const besideOf: Readonly<Partial<Record<ClaimArea, string>>> = {
  isolation: 'isolation',
  compatibility: 'compatibility',
  capability: 'capabilities',
};

/** Finds where parts lead to, for one run: asked once a part, made once a page. */
export function partLinks(
  run: Run,
  drawn: readonly DrawnChart[],
  beside: Beside,
): (part: VerdictPart, area: ClaimArea) => PartLinks {
  const families = familiesOf(run);
  const sections = besideSections(beside).map(({ id }) => id);
  const fileOf = (file: RawLines['file']) =>
    beside.compressed && file.endsWith('.ndjson') ? `${file}.gz` : file;
  return (part, area) => {
    const seen = sections.find((id) => id === besideOf[area]) ?? null;
    const isOfRun = part.run === null || part.run === run.id;
    const place = isOfRun ? families.findIndex((family) => holds(family, part.scenario)) : -1;
    const family = families[place];
    if (family === undefined) return { section: null, chart: null, beside: seen, fileOf };
    return { section: anchorOf(place), chart: chartOf(family, part, drawn), beside: null, fileOf };
  };
}

// What each KiB costs is told of a whole family.
function holds({ name, panels }: Family, scenario: string | null): boolean {
  return scenario !== null && (name === scenario || panels.some((panel) => panel.scenario.name === scenario));
}

// Of a scenario on several Envoys these show the newest.
const ofNewest = ['overhead-cpu', 'latency-unloaded', 'throughput'];

function chartOf(
  family: Family,
  { effect, envoy }: VerdictPart,
  drawn: readonly DrawnChart[],
): string | null {
  if (effect === null) return null;
  const isNewest = newestPanelsOf(family).some((panel) => panel.envoy === envoy);
  const own = drawn.filter(({ chart }) => chart.family === family.name).map(({ chart }) => chart.name);
  const found = chartKindsOf(effect)
    .filter((kind) => isNewest || !ofNewest.includes(kind))
    .flatMap((kind) => own.find((name) => name.endsWith(`-${kind}`)) ?? []);
  return found[0] ?? null;
}
