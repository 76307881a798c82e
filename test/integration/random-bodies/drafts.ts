import fc from 'fast-check';
import type { Message } from './messages.js';

/** A body in pieces, a character a byte; at the borders of pieces it is worth to be cut. */
export type Draft = readonly string[];

/** A text as UTF-8, a character a byte. */
export function bytesOf(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

const filler = 'a quiet evening by the river and on ';

function fill(bytes: number): string {
  return filler.repeat(Math.ceil(bytes / filler.length)).slice(0, bytes);
}

// Most bodies are short, so that many are tried; some are longer than Envoy reads at once, few than it likes to hold.
const fillBytes = fc.oneof(
  { arbitrary: fc.constant(0), weight: 12 },
  { arbitrary: fc.nat({ max: 2_000 }), weight: 3 },
  { arbitrary: fc.nat({ max: 64 * 1_024 }), weight: 3 },
  { arbitrary: fc.integer({ min: 290_000, max: 310_000 }), weight: 1 },
);

/** Plain text of some length, mostly none: what stands between two pieces. */
export const filling: fc.Arbitrary<string> = fillBytes.map(fill);

/** The draft with a filling before one of its pieces. */
export function filled(drafts: fc.Arbitrary<Draft>): fc.Arbitrary<Draft> {
  return fc
    .tuple(drafts, filling, fc.nat())
    .map(([draft, between, place]) => draft.toSpliced(place % (draft.length + 1), 0, between));
}

/** A cut: so many bytes behind a border between pieces. */
const cut = fc.record({ border: fc.nat(), behind: fc.nat({ max: 24 }) });

/** A draft as it is sent: cut at random near the borders of its pieces. */
export function messages(drafts: fc.Arbitrary<Draft>): fc.Arbitrary<Message> {
  return fc
    .record({
      draft: drafts,
      cuts: fc.array(cut, { maxLength: 6 }),
      framing: fc.constantFrom('content-length' as const, 'chunked' as const),
    })
    .map(({ draft, cuts, framing }) => {
      const body = Buffer.from(draft.join(''), 'latin1');
      let length = 0;
      const borders = draft.map((piece) => {
        length += piece.length;
        return length - piece.length;
      });
      const places = cuts.map(({ border, behind }) => (borders[border % borders.length] ?? 0) + behind);
      const inside = places.filter((place) => place > 0 && place < body.length);
      return printed({ body, cuts: [...new Set(inside)].sort((a, b) => a - b), framing });
    });
}

const mostShown = 400;

/** How a message is shown where it fails: short, and exact where it is short. */
function printed(message: Message): Message {
  const { body, cuts, framing } = message;
  const text = body.toString('latin1');
  const shown =
    text.length > mostShown ? `${text.slice(0, mostShown / 2)}…${text.slice(-mostShown / 2)}` : text;
  const show = () => `${body.length} bytes, ${framing}, cut at [${cuts}]: ${JSON.stringify(shown)}`;
  return Object.defineProperty(message, fc.toStringMethod, { value: show, enumerable: false });
}
