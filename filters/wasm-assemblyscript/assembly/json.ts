// The little of JSON that a job's configuration is made of: objects, lists and strings. One text at a time, whose strings
// are unescaped where they stand.
import { refuse, refuseName } from './refusal';

let at: usize = 0;
let end: usize = 0;

/** The string read last. */
export let textAt: usize = 0;
export let textLength: usize = 0;

export function begin(text: usize, length: usize): void {
  at = text;
  end = text + length;
}

function skipSpace(): void {
  while (at < end) {
    const byte = load<u8>(at);
    if (byte != 0x20 && byte != 0x0a && byte != 0x0d && byte != 0x09) return;
    at++;
  }
}

/** Takes this byte, if it is next. */
export function takes(byte: u8): bool {
  skipSpace();
  if (at == end || load<u8>(at) != byte) return false;
  at++;
  return true;
}

function expected(what: string): bool {
  return refuseName(what, at, min<usize>(end - at, 20), '`');
}

/** Enters an object or a list; `is` and `has` tell whether there was one, and whether it holds anything. */
export function opens(byte: u8): bool {
  if (takes(byte)) return true;
  return expected(byte == 0x7b ? 'an object is expected at `' : 'a list is expected at `');
}

/** After a member or an element: 1 there is another, 0 that was all, -1 refused. */
export function next(close: u8): i32 {
  if (takes(0x2c)) return 1;
  if (takes(close)) return 0;
  expected('`,` or an end is expected at `');
  return -1;
}

/** Reads a string; of all escapes, only those of `"`, `\` and `/` are known. */
export function readString(): bool {
  if (!takes(0x22)) return expected('a string is expected at `');
  let from = at;
  let to = at;
  textAt = at;
  for (; from < end && load<u8>(from) != 0x22; from++) {
    if (load<u8>(from) < 0x20) return refuse('a string holds a control character');
    if (load<u8>(from) == 0x5c) {
      at = from++;
      const escaped: u8 = from < end ? load<u8>(from) : 0;
      if (escaped != 0x22 && escaped != 0x5c && escaped != 0x2f) return expected('this escape is not known here: `');
    }
    store<u8>(to++, load<u8>(from));
  }
  if (from == end) return refuse('a string has no end');
  textLength = to - textAt;
  at = from + 1;
  return true;
}

/** Reads a member's name and the colon. */
export function readName(): bool {
  return readString() && (takes(0x3a) || expected('a colon is expected at `'));
}

/** Makes sure that nothing follows. */
export function ends(): bool {
  skipSpace();
  return at == end || expected('nothing more is expected at `');
}
