import { z } from 'zod';
import type { Finding } from '../findings.js';
import { aboutCells, outcomeText, severalBuilds, type Tried, tellingByEnvoy } from '../matrix/cells.js';
import { ofSubjects } from '../matrix/subjects.js';
import { compatNeed } from '../needs.js';
import { listed } from '../words.js';
import { defineKind } from './define.js';

const schema = z.strictObject({ kind: z.literal('warned'), ...ofSubjects });

/** An Envoy says in its log of every build but its own that it does not fit: it refuses it, or warns. */
export const warned = defineKind({
  schema,
  perEnvoy: true,
  needsOf: ({ subjects }) => [compatNeed(subjects)],
  find({ subjects }, { matrices }) {
    return tellingByEnvoy(matrices, subjects).map(([envoy, all]) => findingOf(envoy, all));
  },
});

function findingOf(envoy: string, all: readonly Tried[]): Finding {
  const about = aboutCells(`what ${envoy} says`, all, envoy);
  const sources = severalBuilds(all);
  if (sources.length === 0) {
    const reason = `only one build was tried on ${envoy}: those for other versions are needed`;
    return { kind: 'seen', about, word: 'inconclusive', reason };
  }
  const silent = sources.flatMap(([, builds]) => {
    const quiet = builds.filter(({ cell }) => cell.outcome === 'loads');
    return quiet.length > 1 ? [quiet] : [];
  });
  const [taken] = silent;
  if (taken) {
    const names = listed(taken.map(({ subject }) => subject.id));
    return { kind: 'seen', about, word: 'refuted', reason: `${envoy} takes ${names} without a word` };
  }
  const said = sources.flatMap(([, builds]) => builds).find(({ cell }) => cell.words !== null);
  // A build that dies or answers wrongly has its own words, not Envoy's judgement of it.
  if (said === undefined) {
    return { kind: 'seen', about, word: 'inconclusive', reason: `${envoy} said nothing of any build` };
  }
  const reason = `${envoy} says of each other build that it does not fit: ${outcomeText(said)}`;
  return { kind: 'seen', about, word: 'supported', reason };
}
