import fc from 'fast-check';
import { bytesOf, type Draft, filling } from './drafts.js';

/** Random JSON, spelled oddly, with a field `model` or without or with several, and now and then broken. */

const gap = fc.constantFrom('', '', '', '', ' ', '\n\t', '\r\n');

const backslash = '\\';

/** What a model may be called, as it stands between quotes. */
const models = fc.constantFrom(
  ...['gpt-large', 'gpt-large', 'gpt-small', 'a.b/c', '', 'x', 'gpt large', ' gpt-large', 'gpt-large ', ' '],
  ...['gpt\\u002dlarge', '\\u0067pt-large', 'a \\" b', 'back\\\\', '\\/', '\\u0000', '\\t', '\x7f'],
  ...[
    'a\\r\\nx-forged: 1',
    'a\\u000d\\u000ax-forged: 1',
    '\\ud83d\\ude00',
    '\\ud800',
    bytesOf('größer'),
    '\xff\xfe',
  ],
);

const texts = fc.oneof(
  models,
  fc.constantFrom('say \\"model\\":\\"gpt-large\\",', '{[,:', '}', ']', backslash.repeat(4), bytesOf('大')),
);

const scalars = fc.oneof(
  texts.map((text) => `"${text}"`),
  fc.constantFrom('0', '-0', '-1.5e-7', '1E+400', '12345678901234567890', '0.10', 'true', 'false', 'null'),
);

const names = fc.constantFrom(
  ...['"mode"', '"models"', '"model "', '"Model"', '""', '"a\\"b"', '"__proto__"', '"\\ud83d\\ude00"'],
  ...['"\\ud800"', `"${bytesOf('größe')}"`, '"\xff"', '"messages"', '"mode\\\\l"', '"\\u006dodels"'],
);

const modelNames = fc.constantFrom('"model"', '"model"', '"model"', '"\\u006dodel"', '"mod\\u0065l"');

// Filters that call themselves for each level must have a bottom, and all the same one.
const deep = fc.constantFrom(2, 100, 120, 125, 126, 127, 128, 129, 300, 3_000).map((levels) => {
  const half = Math.floor(levels / 2);
  return `${'['.repeat(levels - half) + '{"model":'.repeat(half)}0${'}'.repeat(half)}${']'.repeat(levels - half)}`;
});

function padded(inner: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.tuple(gap, inner, gap).map((parts) => parts.join(''));
}

const { value } = fc.letrec<{ value: string; array: string; object: string; member: string }>((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, { arbitrary: scalars, weight: 4 }, tie('array'), tie('object')),
  array: padded(fc.array(padded(tie('value')), { maxLength: 4 }).map((items) => items.join(','))).map(
    (items) => `[${items}]`,
  ),
  object: padded(fc.array(tie('member'), { maxLength: 4 }).map((members) => members.join(','))).map(
    (members) => `{${members}}`,
  ),
  member: member(fc.oneof(names, modelNames), tie('value')),
}));

function member(name: fc.Arbitrary<string>, of: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.tuple(padded(name), padded(of)).map((parts) => parts.join(':'));
}

const model = member(
  modelNames,
  fc.oneof({ arbitrary: models.map((text) => `"${text}"`), weight: 4 }, value),
);
const other = member(names, fc.oneof({ arbitrary: value, weight: 6 }, { arbitrary: deep, weight: 1 }));
const long = member(
  names,
  filling.map((text) => `"${text}"`),
);

/** The members of a top-level object, in pieces. */
const members = fc
  .tuple(
    fc.oneof(
      { arbitrary: fc.constant<string[]>([]), weight: 2 },
      { arbitrary: fc.tuple(model), weight: 6 },
      { arbitrary: fc.tuple(model, model), weight: 1 },
    ),
    fc.array(other, { maxLength: 4 }),
    long,
    fc.tuple(fc.nat(), fc.nat(), fc.nat()),
  )
  .map(([ofModel, others, text, places]) =>
    [...ofModel, text].reduce(
      (all: string[], item, index) => all.toSpliced((places[index] ?? 0) % (all.length + 1), 0, item),
      others,
    ),
  );

const objects: fc.Arbitrary<Draft> = fc
  .tuple(gap, members, gap, gap, fc.boolean())
  .map(([before, all, inside, behind, isEmpty]) => {
    const inner =
      isEmpty && all.length <= 1 ? [] : all.flatMap((item, index) => (index === 0 ? [item] : [',', item]));
    return [before, '{', ...inner.flatMap(atQuotes), inside, '}', behind];
  });

// Names and values are worth to be cut.
function atQuotes(text: string): string[] {
  return text.length > 4_000 ? [text] : text.split(/(?=")/);
}

/** A byte put in, or some taken away, or the end cut off. */
const harm = fc.oneof(
  fc.record({
    kind: fc.constant('put' as const),
    at: fc.nat(),
    what: fc.constantFrom(...'{}[],:"\\ 1a\n\0\x80'),
  }),
  fc.record({ kind: fc.constant('take' as const), at: fc.nat(), what: fc.constantFrom('1', '22', '4444') }),
  fc.record({ kind: fc.constant('end' as const), at: fc.nat(), what: fc.constant('') }),
);

function harmed(
  draft: Draft,
  { kind, at, what }: { kind: 'put' | 'take' | 'end'; at: number; what: string },
): Draft {
  const text = draft.join('');
  const place = at % (text.length + 1);
  const [before, behind] = [text.slice(0, place), text.slice(place)];
  if (kind === 'put') return [before, what, behind];
  return kind === 'end' ? [before] : [before, behind.slice(what.length)];
}

/** A JSON body in pieces, at whose borders it is worth to be cut; two in five are no JSON object. */
export const jsonTexts: fc.Arbitrary<Draft> = fc.oneof(
  { arbitrary: objects, weight: 12 },
  { arbitrary: fc.tuple(objects, harm).map(([draft, how]) => harmed(draft, how)), weight: 6 },
  { arbitrary: padded(value).map((text) => [text]), weight: 1 },
  {
    arbitrary: fc.constantFrom<Draft>(
      [],
      ['\xef\xbb\xbf{"model":"gpt-large"}'],
      ['{"model":"gpt-large"}', ' and more'],
    ),
    weight: 1,
  },
);
