import { z } from 'zod';
import type { Finding } from '../findings.js';
import {
  aboutCells,
  didItsJob,
  envoysOf,
  groupsBy,
  isTelling,
  outcomeText,
  type Tried,
  triedOf,
} from '../matrix/cells.js';
import { ofSubjects } from '../matrix/subjects.js';
import { compatNeed } from '../needs.js';
import { listed } from '../words.js';
import { defineKind } from './define.js';

const schema = z.strictObject({ kind: z.literal('usable'), ...ofSubjects });

/** One and the same build, script or server works on every Envoy that was tried. */
export const usable = defineKind({
  schema,
  perEnvoy: false,
  needsOf: ({ subjects }) => [compatNeed(subjects)],
  find({ subjects }, { matrices }) {
    return groupsBy(triedOf(matrices, subjects), ({ subject }) => subject.id).map(([id, all]) =>
      findingOf(id, all),
    );
  },
});

function findingOf(id: string, all: readonly Tried[]): Finding {
  const telling = all.filter(isTelling);
  const lacking = envoysOf(all.filter((one) => !isTelling(one)));
  const about = aboutCells(id, all, null);
  const without = lacking.length === 0 ? '' : ` (${listed(lacking)} was built without it)`;
  const broken = telling.filter((one) => !didItsJob(one));
  const [first] = broken;
  if (first) {
    const where = listed(envoysOf(broken));
    const reason = `${id} does not work on ${where}: ${outcomeText(first)}${without}`;
    return { kind: 'seen', about, word: 'refuted', reason };
  }
  const envoys = envoysOf(telling);
  if (envoys.length < 2) {
    const reason = `${id} was tried on ${envoys.length === 0 ? 'no Envoy that has it' : `${envoys[0]} only`}: two versions at least are needed${without}`;
    return { kind: 'seen', about, word: 'inconclusive', reason };
  }
  return { kind: 'seen', about, word: 'supported', reason: `${id} works on ${listed(envoys)}${without}` };
}
