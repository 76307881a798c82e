// Borrowed bytes: an address and a length, in memory that is no object of AssemblyScript's.
import { take } from './heap';

@unmanaged
export class Bytes {
  at: usize;
  length: usize;
}

/** Takes room for an unmanaged class, all zero. */
// @ts-ignore: decorator
@inline
export function make<T>(): T {
  const at = take(offsetof<T>());
  memory.fill(at, 0, offsetof<T>());
  return changetype<T>(at);
}

/** A literal's ASCII bytes, made once. */
export function ascii(text: string): Bytes {
  const bytes = make<Bytes>();
  bytes.length = text.length;
  bytes.at = take(bytes.length);
  for (let i: usize = 0; i < bytes.length; i++) store<u8>(bytes.at + i, load<u8>(changetype<usize>(text) + 2 * i));
  return bytes;
}

export function areEqual(a: usize, aLength: usize, b: usize, bLength: usize): bool {
  if (aLength != bLength) return false;
  let i: usize = 0;
  for (; i + 8 <= aLength; i += 8) {
    if (load<u64>(a + i) != load<u64>(b + i)) return false;
  }
  for (; i < aLength; i++) {
    if (load<u8>(a + i) != load<u8>(b + i)) return false;
  }
  return true;
}

// @ts-ignore: decorator
@inline
export function isDigit(byte: u8): bool {
  return <u8>(byte - 0x30) < 10;
}
