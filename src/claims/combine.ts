import { compareVersions } from '../envoy/version.js';
import type { VerdictPart, VerdictWord } from '../results/schema/index.js';
import type { Scope } from './predictions/index.js';
import { listed } from './words.js';

/** What parts come to. */
export interface Whole {
  readonly word: VerdictWord;
  readonly since: string | null;
  readonly reason: string;
  /** Index of the part that decides. */
  readonly decidedBy: number | null;
}

/** Parts, with whether the claim can be supported without each of them. */
export interface PartOfWhole {
  readonly part: VerdictPart;
  readonly essential: boolean;
}

/**
 * The word of a claim from those of its parts.
 * @param perEnvoy whether it is judged on each Envoy by itself: then it can have held once
 */
export function combine(all: readonly PartOfWhole[], scope: Scope, perEnvoy: boolean): Whole {
  const parts = all.map(({ part }) => part);
  const tested = parts.filter(({ word }) => word !== 'not tested');
  if (tested.length === 0) {
    const [first] = parts;
    const reason = first ? first.reason : 'nothing of it is in what was given';
    return { word: 'not tested', since: null, reason, decidedBy: null };
  }
  const missing = all.find(({ part, essential }) => essential && part.word === 'not tested')?.part;
  const turn = perEnvoy ? turnOf(tested, scope) : null;
  const word = turn ? turn.word : wordOf(tested, scope);
  if (word === 'supported' && missing && scope !== 'some') {
    const reason = `${missing.reason}; what was seen is for it: ${shownReason(tested, 'supported')}`;
    return { word: 'inconclusive', since: null, reason, decidedBy: parts.indexOf(missing) };
  }
  // One is enough, and it could be the one that was not looked at.
  if (word === 'refuted' && missing && scope === 'some') {
    const reason = `${missing.reason}; what was seen is against it: ${shownReason(tested, 'refuted')}`;
    return { word: 'inconclusive', since: null, reason, decidedBy: parts.indexOf(missing) };
  }
  const decider = deciderOf(turn?.after ?? tested, word);
  return {
    word,
    since: turn?.since ?? null,
    reason: `${turn ? turnText(turn) : whereText(tested, word)}: ${placedReason(decider)}`,
    decidedBy: parts.indexOf(decider),
  };
}

function wordOf(parts: readonly VerdictPart[], scope: Scope): 'supported' | 'refuted' | 'inconclusive' {
  const some = (word: VerdictPart['word']) => parts.some((part) => part.word === word);
  if (scope === 'some') {
    if (some('supported')) return 'supported';
    return some('inconclusive') ? 'inconclusive' : 'refuted';
  }
  if (some('refuted')) return 'refuted';
  if (!some('supported')) return 'inconclusive';
  return scope === 'every' && some('inconclusive') ? 'inconclusive' : 'supported';
}

/** A version from which on a claim is another. */
interface Turn {
  readonly word: 'outdated' | 'supported';
  readonly since: string;
  /** Versions on which it was otherwise. */
  readonly versionsBefore: readonly string[];
  /** Parts of the last version on which it was otherwise, and of the first on which it is so. */
  readonly before: readonly VerdictPart[];
  readonly after: readonly VerdictPart[];
}

/** Where all Envoys up to one say the one, and all from the next on say the other; null else. */
function turnOf(parts: readonly VerdictPart[], scope: Scope): Turn | null {
  const versions = [...new Set(parts.flatMap(({ envoy }) => envoy ?? []))].toSorted(compareVersions);
  const told = versions
    .map((envoy) => {
      const own = parts.filter((part) => part.envoy === envoy);
      return { envoy, own, word: wordOf(own, scope) };
    })
    .filter(({ word }) => word !== 'inconclusive');
  const place = told.findIndex(({ word }) => word !== told[0]?.word);
  const [before, after] = [told.slice(0, place), told.slice(place)];
  const [first] = after;
  if (place < 1 || !first || after.some(({ word }) => word !== first.word)) return null;
  return {
    word: first.word === 'refuted' ? 'outdated' : 'supported',
    since: first.envoy,
    versionsBefore: before.map(({ envoy }) => envoy),
    before: before.at(-1)?.own ?? [],
    after: first.own,
  };
}

function turnText({ word, since, versionsBefore, before }: Turn): string {
  const versions = listed(versionsBefore);
  if (word === 'outdated') return `held on ${versions}, no longer since ${since}`;
  return `holds since ${since}, and did not on ${versions} (${shownReason(before, 'refuted')})`;
}

/** The part that a claim stands or falls with: of what supports it the least sure, of what refutes it the surest; else the newest. */
function deciderOf(parts: readonly VerdictPart[], word: VerdictWord): VerdictPart {
  const wanted = word === 'outdated' ? 'refuted' : word;
  const own = parts.filter((part) => part.word === wanted);
  const p = ({ pAdjusted }: VerdictPart) => pAdjusted ?? 0;
  const sign = wanted === 'refuted' ? 1 : -1;
  const [first] = own.toSorted(
    (a, b) => sign * (p(a) - p(b)) || compareVersions(b.envoy ?? '', a.envoy ?? ''),
  );
  const found = first ?? parts[0];
  if (found === undefined) throw new TypeError('a claim that was tested has a part');
  return found;
}

function whereText(parts: readonly VerdictPart[], word: VerdictWord): string {
  const of = (wanted: VerdictPart['word']) => parts.filter((part) => part.word === wanted);
  const [holds, fails, open] = [of('supported'), of('refuted'), of('inconclusive')];
  const count = (list: readonly VerdictPart[]) => `${list.length} of ${parts.length}`;
  if (word === 'supported')
    return holds.length === parts.length
      ? `holds in all of ${parts.length}`
      : `holds in ${count(holds)} (${named(holds)})`;
  if (word === 'inconclusive')
    return `open in ${count(open)}${holds.length > 0 ? `, holds in ${named(holds)}` : ''}`;
  const only = holds.length === 0 ? '' : `, holds in ${named(holds)} only`;
  return `fails in ${count(fails)}${only}`;
}

// Of scenarios; what was seen has longer names.
const mostNames = 6;
const mostSubjects = 2;

/** Where parts are, each once. */
function named(parts: readonly VerdictPart[]): string {
  const severalEnvoys = new Set(parts.map(({ envoy }) => envoy)).size > 1;
  const names = parts.map(({ scenario, envoy, subject }) => {
    const place = scenario ?? subject;
    return severalEnvoys && envoy !== null && scenario !== null ? `${place} on ${envoy}` : place;
  });
  const different = [...new Set(names)];
  const most = parts.some(({ scenario }) => scenario !== null) ? mostNames : mostSubjects;
  if (different.length <= most) return listed(different);
  return `${different.slice(0, most).join(', ')} and ${different.length - most} more`;
}

function shownReason(parts: readonly VerdictPart[], word: 'supported' | 'refuted'): string {
  return placedReason(deciderOf(parts, word));
}

function placedReason({ scenario, envoy, reason }: VerdictPart): string {
  if (scenario === null) return reason;
  return `in ${scenario}${envoy === null ? '' : ` on ${envoy}`} ${reason}`;
}
