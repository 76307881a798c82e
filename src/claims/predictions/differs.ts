import { z } from 'zod';
import { about as aboutOf, type Finding } from '../findings.js';
import {
  aboutCells,
  didItsJob,
  envoysOf,
  groupsBy,
  outcomeText,
  type Tried,
  triedOf,
} from '../matrix/cells.js';
import { ofSubjects } from '../matrix/subjects.js';
import { compatNeed } from '../needs.js';
import { listed } from '../words.js';
import { defineKind } from './define.js';

const schema = z.strictObject({ kind: z.literal('differs'), ...ofSubjects });

/** What there is depends on the Envoy: something is in one version and not in another. */
export const differs = defineKind({
  schema,
  perEnvoy: false,
  needsOf: ({ subjects }) => [compatNeed(subjects)],
  find({ subjects }, { matrices }) {
    const tried = triedOf(matrices, subjects);
    if (tried.length === 0) return [];
    const envoys = envoysOf(tried);
    if (envoys.length > 1)
      return groupsBy(tried, ({ subject }) => subject.id).map(([id, all]) => findingOf(id, all));
    const reason = `tried on ${envoys[0]} only: two versions at least are needed`;
    return [{ kind: 'seen', about: aboutOf('built-ins over versions'), word: 'inconclusive', reason }];
  },
});

function findingOf(id: string, all: readonly Tried[]): Finding {
  const there = envoysOf(all.filter(didItsJob));
  const lacking = all.filter(({ cell }) => cell.outcome === 'absent' || cell.outcome === 'refused');
  const about = aboutCells(id, all, null);
  const [first] = lacking;
  if (there.length > 0 && first) {
    const reason = `${id} works on ${listed(there)} and not on ${listed(envoysOf(lacking))}: ${outcomeText(first)}`;
    return { kind: 'seen', about, word: 'supported', reason };
  }
  const reason = first ? `${id} is on none of them` : `${id} is on all of ${listed(envoysOf(all))}`;
  return { kind: 'seen', about, word: 'refuted', reason };
}
