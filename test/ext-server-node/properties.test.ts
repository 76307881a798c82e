import { describe, expect, it } from 'vitest';
import { nextCard } from '../../src/ext-server-node/jobs/cards.js';
import { inspector } from '../../src/ext-server-node/jobs/inspect.js';
import { emptyBody } from '../../src/ext-server-node/jobs/job.js';
import { jsonRewriter } from '../../src/ext-server-node/jobs/json-rewrite.js';
import { modelRouter } from '../../src/ext-server-node/jobs/model-routing.js';
import { redactor } from '../../src/ext-server-node/jobs/redact.js';
import { overlapping, WordFinder } from '../../src/ext-server-node/jobs/words.js';
import { type Random, seededRandom } from '../../src/schedule/random.js';
import { naiveCards, naiveWords, starred } from './naive.js';

const rounds = 2_000;
const words = ['blackthorn', 'moonstone', 'quicksilver', 'windflower'];

function pick<T>(random: Random, items: readonly T[]): T {
  return items[Math.floor(random() * items.length)]!;
}

function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

function digits(random: Random, count: number): string {
  return times(count, () => Math.floor(random() * 10)).join('');
}

/** What is or nearly is something to be found, and what lies between. */
const pieces: readonly ((random: Random) => string)[] = [
  (random) => pick(random, ['4111111111111111', '5500005555555559', '4012888888881881', '0000000000000000']),
  (random) =>
    pick(random, [
      '4111 1111 1111 1111',
      '5500-0055-5555-5559',
      '4111-1111 1111 1111',
      '0000 0000 0000 0000',
    ]),
  (random) => digits(random, pick(random, [1, 3, 4, 4, 4, 5, 8, 15, 16, 16, 17, 30])),
  (random) => pick(random, [' ', '-', '  ', '\t', '.', '\0', 'ÿ']),
  (random) => pick(random, words),
  (random) => pick(random, words).slice(0, 1 + Math.floor(random() * 6)),
  (random) => pick(random, ['the ', 'river', ' Blackthorn', 'x', '']),
];

function text(random: Random): string {
  return times(Math.floor(random() * 24), () => pick(random, pieces)(random)).join('');
}

describe('cards and words, in random bodies', () => {
  const random = seededRandom(1, 'cards and words');
  const texts = times(rounds, () => text(random));
  const finder = new WordFinder(words);

  it('are found where a slow search finds them', () => {
    for (const sample of texts) {
      const body = Buffer.from(sample, 'latin1');
      const cards: [number, number][] = [];
      for (let card = nextCard(body, 0); card; card = nextCard(body, card.start + 1))
        cards.push([card.start, card.end]);
      expect(cards, JSON.stringify(sample)).toEqual(naiveCards(sample));
      const found: [number, number][] = [];
      for (let word = finder.next(body, 0); word; word = finder.next(body, word.end))
        found.push([word.start, word.end]);
      const expected = naiveWords(sample, words).sort(([a], [b]) => a - b);
      expect(found, JSON.stringify(sample)).toEqual(expected);
    }
  });

  it('are refused or masked, and everything else stays', () => {
    const inspect = inspector(words);
    const redact = redactor(words);
    const outcomes = new Set<string>();
    for (const sample of texts) {
      const cards = naiveCards(sample);
      const spans = [...cards, ...naiveWords(sample, words)];
      const refusal = cards.length > 0 ? 'Blocked: card number.' : 'Blocked: forbidden word.';
      const inspected = inspect(Buffer.from(sample, 'latin1'));
      const redacted = redact(Buffer.from(sample, 'latin1'));
      outcomes.add(spans.length === 0 ? 'clean' : refusal);
      if (spans.length === 0) {
        expect([inspected, redacted]).toEqual([{ kind: 'continue' }, { kind: 'continue' }]);
      } else {
        expect(inspected).toEqual({ kind: 'deny', denial: { status: 403, body: refusal } });
        const body = redacted.kind === 'replace' ? Buffer.concat(redacted.parts).toString('latin1') : null;
        expect(body, JSON.stringify(sample)).toBe(starred(sample, spans));
      }
    }
    expect(outcomes.size).toBe(3);
  });

  it('are found at every place of a body, alone', () => {
    const filler = 'a quiet evening by the river and on ';
    for (let at = 0; at <= filler.length; at += 1) {
      for (const [what, length] of [
        ['4111 1111 1111 1111', 19],
        ['4111111111111111', 16],
      ] as const) {
        const body = Buffer.from(filler.slice(0, at) + what + filler.slice(at));
        expect(nextCard(body, 0), `${what} at ${at}`).toEqual({ start: at, end: at + length });
      }
      const body = Buffer.from(`${filler.slice(0, at)}moonstone${filler.slice(at)}`);
      expect(finder.next(body, 0)).toEqual({ start: at, end: at + 9 });
    }
  });
});

describe('random lists of words', () => {
  it('are found whatever they begin with', () => {
    const random = seededRandom(2, 'lists of words');
    const word = () => times(3 + Math.floor(random() * 3), () => pick(random, ['a', 'b', 'C'])).join('');
    for (let round = 0; round < rounds; round += 1) {
      const list = times(1 + Math.floor(random() * 4), word);
      const sample = times(40, () => pick(random, ['a', 'b', 'C', 'c'])).join('');
      const found = new WordFinder(list).next(Buffer.from(sample), 0)?.start ?? null;
      const [first = null] = naiveWords(sample, list)
        .map(([start]) => start)
        .sort((a, b) => a - b);
      expect(found, `${list} in ${sample}`).toBe(first);
    }
  });

  it('overlap where some text has two occurrences that do', () => {
    expect(overlapping(words)).toBeNull();
    expect(overlapping(['abca'])).toEqual(['abca', 'abca']);
    expect(overlapping(['silver', 'verdant'])).toEqual(['silver', 'verdant']);
    expect(overlapping(['stone', 'moonstones'])).toEqual(['moonstones', 'stone']);
    expect(overlapping(['same', 'same'])).toEqual(['same', 'same']);
    expect(overlapping(['abc', 'xyz'])).toBeNull();
  });
});

/** JSON in its odder spellings: whitespace anywhere, escapes in names. */
function spell(random: Random, value: unknown): string {
  const gap = () => pick(random, ['', '', ' ', '\n\t', '\r\n']);
  const wrap = (inner: string) => gap() + inner + gap();
  if (Array.isArray(value)) return wrap(`[${value.map((item) => spell(random, item)).join(',') || gap()}]`);
  if (value !== null && typeof value === 'object') {
    const members = Object.entries(value).map(
      ([name, item]) => `${wrap(spellText(random, name))}:${spell(random, item)}`,
    );
    return wrap(`{${members.join(',') || gap()}}`);
  }
  return wrap(typeof value === 'string' ? spellText(random, value) : JSON.stringify(value));
}

function spellText(random: Random, value: string): string {
  const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  const inner = [...value].map((character) =>
    random() < 0.1 && character.length === 1 ? escaped(character) : JSON.stringify(character).slice(1, -1),
  );
  return `"${inner.join('')}"`;
}

function value(random: Random, depth: number): unknown {
  const kind = Math.floor(random() * (depth > 0 ? 8 : 6));
  if (kind < 2)
    return pick(random, [
      '',
      'gpt-large',
      'a " quote',
      'back \\',
      '"model":"x"',
      '{[,:',
      'größer – 大',
      '\\"\n',
    ]);
  if (kind < 6) return pick(random, [0, -1.5e-7, true, false, null, 12345]);
  if (kind === 6) return times(Math.floor(random() * 4), () => value(random, depth - 1));
  return object(random, depth - 1);
}

function object(random: Random, depth: number): Record<string, unknown> {
  const names = ['model', 'mode', 'models', 'a"b', '', 'messages', 'größe'].filter(() => random() < 0.5);
  return Object.fromEntries(names.sort(() => random() - 0.5).map((name) => [name, value(random, depth)]));
}

describe('JSON, spelled at random', () => {
  const random = seededRandom(3, 'json');
  const rewrite = jsonRewriter('model', 'gpt-small');
  const rewritten = (body: string) => {
    const action = rewrite(Buffer.from(body));
    return action.kind === 'replace' ? Buffer.concat(action.parts).toString() : body;
  };

  it('has one field replaced or added, and every other byte stays', () => {
    for (let round = 0; round < rounds; round += 1) {
      const json = object(random, 3);
      const body = spell(random, json);
      const after = rewritten(body);
      expect(JSON.parse(after), body).toEqual({ ...json, model: 'gpt-small' });
      // What is new is no longer than the member itself, and nothing old is lost where it was missing.
      const shared = sharedEnds(body, after);
      expect(after.length - shared, body).toBeLessThanOrEqual('"model":"gpt-small",'.length);
      if (!Object.hasOwn(json, 'model')) expect(shared, body).toBe(body.length);
    }
  });

  it('passes as it is where a byte is missing or it is no object', () => {
    for (let round = 0; round < rounds; round += 1) {
      const whole = spell(random, object(random, 2)).trim();
      const broken = whole.slice(0, Math.floor(random() * whole.length));
      expect(rewritten(broken)).toBe(broken);
      for (const other of [spell(random, [1, { model: 'x' }]), '"model"', '1', 'null', ''])
        expect(rewritten(other)).toBe(other);
    }
  });

  it('is routed by its model, or by none', () => {
    for (let round = 0; round < rounds; round += 1) {
      const json = object(random, 2);
      const whole = spell(random, json);
      const usable = typeof json.model === 'string' && /^[ -~]+$/.test(json.model);
      const to = (model: string) => ({ kind: 'set', header: { name: 'x-model', value: model } });
      expect(modelRouter(Buffer.from(whole)), whole).toEqual(to(usable ? String(json.model) : 'none'));
      expect(modelRouter(Buffer.from(whole.trim().slice(0, -1)))).toEqual(to('none'));
      expect(modelRouter(emptyBody)).toEqual(to('none'));
    }
  });
});

/** How many characters two texts share at their begin and end, none counted twice. */
function sharedEnds(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let before = 0;
  while (before < most && a[before] === b[before]) before += 1;
  let behind = 0;
  while (behind < most - before && a.at(-1 - behind) === b.at(-1 - behind)) behind += 1;
  return before + behind;
}
