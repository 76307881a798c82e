import { describe, expect, it } from 'vitest';
import { type BodySpec, buildBody, vocabularyWithout } from '../../src/scenarios/bodies.js';

const words = ['sesame', 'Xanadu'];
const prose: BodySpec = { kind: 'prose', bytes: 16_384, words, index: 0 };
const chat: BodySpec = { ...prose, kind: 'chat', model: 'gpt-small' };
const planted: BodySpec = { ...prose, plant: { every: 4_096, of: ['card', 'word'] } };

/** Runs of 16 digits, contiguous or in fours with one separator, that no digit touches. */
function cardsIn(text: string): string[] {
  return text.match(/(?<!\d)\d{4}([ -]?)\d{4}\1\d{4}\1\d{4}(?!\d)/g) ?? [];
}

function passesLuhn(card: string): boolean {
  const digits = [...card.replaceAll(/[ -]/g, '')].map(Number).toReversed();
  const sum = digits.reduce((total, digit, index) => {
    const weighed = index % 2 === 1 ? digit * 2 : digit;
    return total + (weighed > 9 ? weighed - 9 : weighed);
  }, 0);
  return sum % 10 === 0;
}

const found = (text: string) => text.match(/sesame|Xanadu/g) ?? [];

describe('a made body', () => {
  it.each([256, 1_024, 1_025, 4_096, 131_072, 1_048_576])('has exactly %i bytes, all ASCII', (bytes) => {
    for (const spec of [prose, chat, planted, { ...planted, kind: 'chat' } as const]) {
      const body = buildBody({ ...spec, bytes });
      expect(Buffer.byteLength(body)).toBe(bytes);
      expect(body).toMatch(/^[\x20-\x7e]*$/);
    }
  });

  it('is the same for the same description, and another for another place', () => {
    expect(buildBody(planted)).toBe(buildBody(structuredClone(planted)));
    expect(buildBody({ ...planted, index: 1 })).not.toBe(buildBody(planted));
  });

  it('stays the same from release to release: runs are compared', () => {
    expect(buildBody({ ...prose, bytes: 60 })).toMatchInlineSnapshot(
      `"More round rest ship follow city road. Letter place valley ."`,
    );
  });

  it('has letters, spaces and full stops only, and nothing to find, where nothing is planted', () => {
    for (const index of [0, 1, 2, 3]) {
      expect(buildBody({ ...prose, index })).toMatch(/^[A-Za-z .]+$/);
      expect(found(buildBody({ ...prose, index }))).toEqual([]);
      expect(cardsIn(buildBody({ ...chat, index }))).toEqual([]);
    }
  });

  it('is a chat request in JSON of this shape', () => {
    for (const spec of [chat, { ...planted, kind: 'chat', model: 'gpt-small' } as const]) {
      expect(JSON.parse(buildBody(spec))).toEqual({
        model: 'gpt-small',
        messages: [{ role: 'user', content: expect.stringMatching(/^[A-Za-z0-9 .-]+$/) }],
        temperature: 0.2,
      });
    }
    const { model: _, ...unnamed } = chat;
    expect(JSON.parse(buildBody(unnamed)).model).toBe('gpt-large');
  });

  it('never holds a word of the job by accident, whatever it is', () => {
    const common = ['the', 'river', 'Qu', 'ou'];
    const text = buildBody({ ...prose, words: common });
    for (const word of common) expect(text).not.toContain(word);
    expect(vocabularyWithout(common).length).toBeGreaterThan(50);
  });

  it('leaves no room: refused', () => {
    expect(() => buildBody({ ...chat, bytes: 40 })).toThrow(RangeError);
  });
});

describe('what is planted', () => {
  it('comes in turn, about every so many bytes', () => {
    const body = buildBody({ ...planted, bytes: 1_048_576 });
    expect(cardsIn(body)).toHaveLength(128);
    expect(found(body)).toHaveLength(128);
    expect(body.match(/\d/g)).toHaveLength(128 * 16);
    expect(new Set(found(body)).size).toBe(2);
  });

  it('are cards with a right check digit, in all three forms, no two alike', () => {
    const cards = cardsIn(buildBody({ ...planted, bytes: 1_048_576 }));
    for (const card of cards) expect(passesLuhn(card), card).toBe(true);
    expect(new Set(cards.map((card) => /[ -]/.exec(card)?.[0] ?? '')).size).toBe(3);
    expect(new Set(cards).size).toBe(cards.length);
  });

  it('is there even where the body is shorter than the distance', () => {
    for (const kind of ['prose', 'chat'] as const)
      expect(cardsIn(buildBody({ ...planted, kind, bytes: 1_024 })), kind).toHaveLength(1);
    const plant = { every: 4_096, of: ['word'] } as const;
    expect(found(buildBody({ ...prose, plant, bytes: 1_024 }))).toHaveLength(1);
  });

  it('is never cut at the end', () => {
    for (let bytes = 100; bytes < 400; bytes += 1) {
      const body = buildBody({ ...planted, bytes, plant: { every: 64, of: ['card'] } });
      expect(body.replaceAll(/(?<!\d)\d{4}([ -]?)\d{4}\1\d{4}\1\d{4}(?!\d)/g, '')).not.toMatch(/\d/);
    }
  });
});
