import { z } from 'zod';
import type { Finding } from '../findings.js';
import {
  aboutCells,
  didItsJob,
  outcomeText,
  severalBuilds,
  type Tried,
  tellingByEnvoy,
} from '../matrix/cells.js';
import { ofSubjects } from '../matrix/subjects.js';
import { compatNeed } from '../needs.js';
import { listed } from '../words.js';
import { defineKind } from './define.js';

const schema = z.strictObject({ kind: z.literal('locked'), ...ofSubjects });

/**
 * An Envoy takes the one build that was made for it, and none of the others. Which one that is, is not asked: where a second build of
 * the same source works too, this Envoy does not hold builds to their version.
 */
export const locked = defineKind({
  schema,
  perEnvoy: true,
  needsOf: ({ subjects }) => [compatNeed(subjects)],
  find({ subjects }, { matrices }) {
    return tellingByEnvoy(matrices, subjects).map(([envoy, all]) => findingOf(envoy, all));
  },
});

function findingOf(envoy: string, all: readonly Tried[]): Finding {
  const about = aboutCells(`builds on ${envoy}`, all, envoy);
  const sources = severalBuilds(all);
  const builds = sources.flatMap(([, own]) => own);
  if (builds.length === 0) {
    const reason = `only one build was tried on ${envoy}: those for other versions are needed`;
    return { kind: 'seen', about, word: 'inconclusive', reason };
  }
  const lax = sources.flatMap(([, own]) => {
    const taken = own.filter(didItsJob);
    return taken.length > 1 ? [taken] : [];
  });
  const [several] = lax;
  if (several) {
    const foreign = several.find(({ cell }) => cell.outcome === 'warns') ?? several.at(-1);
    const names = listed(several.map(({ subject }) => subject.id));
    const words = foreign ? ` (${foreign.subject.id} ${outcomeText(foreign)})` : '';
    return { kind: 'seen', about, word: 'refuted', reason: `${envoy} works with ${names}${words}` };
  }
  if (!builds.some(didItsJob)) {
    const reason = `no build at all works on ${envoy}`;
    return { kind: 'seen', about, word: 'inconclusive', reason };
  }
  const refused = builds.filter((one) => !didItsJob(one));
  const reason = `${envoy} takes one build of each source and none of ${refused.length} others`;
  return { kind: 'seen', about, word: 'supported', reason };
}
