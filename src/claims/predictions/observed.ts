import { z } from 'zod';
import { compareVersions } from '../../envoy/version.js';
import type { ClaimData, Observation } from '../data.js';
import { factText, placeText } from '../fact-words.js';
import { about, type Finding } from '../findings.js';
import { fits } from '../globs.js';
import { defineKind, scopeSchema } from './define.js';

const valueSchema = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const expectationSchema = z
  .strictObject({
    /** Which observations, with `*` for anything. */
    of: z.string(),
    fact: z.string(),
    equals: valueSchema.optional(),
    oneOf: z.array(valueSchema).min(1).optional(),
  })
  .refine(({ equals, oneOf }) => (equals === undefined) !== (oneOf === undefined), {
    message: 'give either equals or oneOf',
  });
type Expectation = z.infer<typeof expectationSchema>;

const schema = z.strictObject({
  kind: z.literal('observed'),
  scope: scopeSchema,
  expectations: z.array(expectationSchema).min(1),
  /** What makes these observations, and which of them. */
  from: z.strictObject({ command: z.enum(['faults', 'probes']), words: z.array(z.string()).min(1) }),
});

/** Facts that were seen are those that the claim foretells. */
export const observed = defineKind({
  schema,
  perEnvoy: true,
  needsOf: ({ from }) => [from],
  find({ expectations }, data) {
    const found = expectations.flatMap((expectation) => findingsOf(expectation, data));
    return found.every(({ kind }) => kind === 'missing') ? [] : found;
  },
});

function findingsOf(expectation: Expectation, { observations }: ClaimData): Finding[] {
  const { of, fact } = expectation;
  const own = observations.filter((one) => fits(one.id, of) && one.facts[fact] !== undefined);
  if (own.length === 0) {
    const subject = `${placeText(of)}: ${wantedText(expectation)}`;
    const reason = `nobody has seen yet whether this holds: ${subject}`;
    return [{ kind: 'missing', about: about(subject), reason, essential: true }];
  }
  const keys = [...new Map(own.map(({ id, envoy }) => [`${envoy} ${id}`, { id, envoy }])).values()];
  return keys
    .toSorted((a, b) => compareVersions(a.envoy, b.envoy))
    .map(({ id, envoy }) =>
      findingOf(
        expectation,
        own.filter((one) => one.id === id && one.envoy === envoy),
      ),
    );
}

/** One thing on one Envoy, seen once or several times. */
function findingOf(expectation: Expectation, seen: readonly Observation[]): Finding {
  const [first] = seen;
  const { fact } = expectation;
  const values = [...new Set(seen.map(({ facts }) => facts[fact] ?? null))];
  const place = placeText(first?.id ?? '');
  const seenText = values.map((value) => factText(fact, value)).join(', or ');
  const what = `with ${place} on ${first?.envoy} ${seenText}`;
  const wanted = wantedText(expectation);
  const where = about(`${place}: ${wanted}`, {
    envoy: first?.envoy ?? null,
    evidence: seen.map(({ evidence }) => evidence),
  });
  const agreeing = seen.filter(({ facts }) => isExpected(facts[fact] ?? null, expectation)).length;
  if (agreeing === seen.length) {
    return { kind: 'seen', about: where, word: 'supported', reason: what };
  }
  if (agreeing === 0) {
    const reason = `${what}; foretold was: ${wanted}`;
    return { kind: 'seen', about: where, word: 'refuted', reason };
  }
  const reason = `with ${place} on ${first?.envoy} ${wanted} in ${agreeing} of ${seen.length} tries`;
  return { kind: 'seen', about: where, word: 'inconclusive', reason };
}

function isExpected(value: Observation['facts'][string], { equals, oneOf }: Expectation): boolean {
  return oneOf ? oneOf.includes(value) : value === equals;
}

function wantedText({ fact, equals, oneOf }: Expectation): string {
  return (oneOf ?? [equals ?? null]).map((value) => factText(fact, value)).join(', or ');
}
