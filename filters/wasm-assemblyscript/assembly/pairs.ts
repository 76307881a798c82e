// Lists that grow while a configuration is read.
import { make } from './bytes';
import { take } from './heap';
import { next, opens, readName, readString, takes, textAt, textLength } from './json';

/** A header, or a key with its client; a plain word has no value. */
@unmanaged
export class Pair {
  name: usize;
  nameLength: usize;
  value: usize;
  valueLength: usize;
}

@unmanaged
export class Pairs {
  at: usize;
  count: usize;
  room: usize;

  // @ts-ignore: decorator
  @inline
  pair(index: usize): Pair {
    return changetype<Pair>(this.at + index * offsetof<Pair>());
  }

  add(): Pair {
    if (this.count == this.room) {
      this.room = this.room == 0 ? 8 : 2 * this.room;
      const at = take(this.room * offsetof<Pair>());
      memory.copy(at, this.at, this.count * offsetof<Pair>());
      this.at = at;
    }
    const pair = this.pair(this.count++);
    memory.fill(changetype<usize>(pair), 0, offsetof<Pair>());
    return pair;
  }
}

/** Reads an object of strings; null where it is refused. */
export function readObject(): Pairs | null {
  const pairs = make<Pairs>();
  if (!opens(0x7b)) return null;
  let more: i32 = takes(0x7d) ? 0 : 1;
  while (more > 0) {
    if (!readName()) return null;
    const pair = pairs.add();
    pair.name = textAt;
    pair.nameLength = textLength;
    if (!readString()) return null;
    pair.value = textAt;
    pair.valueLength = textLength;
    more = next(0x7d);
  }
  return more < 0 ? null : pairs;
}

/** Reads a list of strings; null where it is refused. */
export function readList(): Pairs | null {
  const pairs = make<Pairs>();
  if (!opens(0x5b)) return null;
  let more: i32 = takes(0x5d) ? 0 : 1;
  while (more > 0) {
    if (!readString()) return null;
    const pair = pairs.add();
    pair.name = textAt;
    pair.nameLength = textLength;
    more = next(0x5d);
  }
  return more < 0 ? null : pairs;
}
