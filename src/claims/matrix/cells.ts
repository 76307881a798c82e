import { compareVersions } from '../../envoy/version.js';
import { type Compat, type CompatCell, type CompatSubject, isUsable } from '../../results/schema/index.js';
import { type About, about } from '../findings.js';
import { fitsAny } from '../globs.js';

/** A cell of a matrix, with what it is a cell of. */
export interface Tried {
  readonly subject: CompatSubject;
  /** The Envoy's label in its matrix: its version, with more where two have the same. */
  readonly envoy: string;
  readonly cell: CompatCell;
}

/** Whether the subject did its job. */
export function didItsJob({ cell }: Tried): boolean {
  return isUsable(cell);
}

/** Whether this Envoy could have loaded it: a build without the extension says nothing of an ABI or an API. */
export function isTelling({ cell }: Tried): boolean {
  return cell.outcome !== 'absent';
}

/** The cells of subjects whose id fits a pattern, from the oldest Envoy to the newest. */
export function triedOf(matrices: readonly Compat[], subjects: readonly string[]): Tried[] {
  return matrices
    .flatMap(({ subjects: all, cells }) =>
      cells.flatMap((cell): Tried[] => {
        const subject = all.find(({ id }) => id === cell.subject);
        return subject && fitsAny(subject.id, subjects) ? [{ subject, envoy: cell.envoy, cell }] : [];
      }),
    )
    .toSorted((a, b) => compareVersions(a.envoy, b.envoy));
}

/** Some cells by what they have in common, in the order of their first ones. */
export function groupsBy(tried: readonly Tried[], keyOf: (one: Tried) => string): [key: string, Tried[]][] {
  const groups = new Map<string, Tried[]>();
  for (const one of tried) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return [...groups];
}

/** What each Envoy made of subjects that it could have loaded. */
export function tellingByEnvoy(
  matrices: readonly Compat[],
  subjects: readonly string[],
): [envoy: string, Tried[]][] {
  return groupsBy(triedOf(matrices, subjects).filter(isTelling), ({ envoy }) => envoy);
}

/** The sources of which several builds were tried, with these. */
export function severalBuilds(tried: readonly Tried[]): [source: string, Tried[]][] {
  return groupsBy(tried, ({ subject }) => subject.group).filter(([, builds]) => builds.length > 1);
}

/** Envoys in their order, each once. */
export function envoysOf(tried: readonly Tried[]): string[] {
  return [...new Set(tried.map(({ envoy }) => envoy))];
}

/** What a finding about some cells rests on. */
export function aboutCells(subject: string, tried: readonly Tried[], envoy: string | null): About {
  return about(subject, {
    envoy,
    evidence: tried.map((one) => `compat ${one.cell.subject} on ${one.envoy}`),
  });
}

/** `refused on 1.37.0: ABI version mismatch …`. */
export function outcomeText({ envoy, cell }: Tried): string {
  const words = cell.words === null ? '' : `: ${shortened(cell.words)}`;
  return `${cell.outcome} on ${envoy}${words}`;
}

const mostWords = 120;

function shortened(words: string): string {
  return words.length <= mostWords ? words : `${words.slice(0, mostWords - 1)}…`;
}
