// Known API keys, each with its client's name.
import { areEqual } from './bytes';
import { take } from './heap';
import { Pair, Pairs } from './pairs';

// 2^64 divided by the golden ratio: the odd multiplier of Fibonacci hashing.
const GOLDEN: u64 = 0x9e3779b97f4a7c15;

/** A hash table, open, at most half full. Nobody adds to it after the configuration, so it needs no secret seed. */
@unmanaged
export class Keys {
  entries: Pairs;
  /** Each slot: a tag of 4 bytes, and an entry counted from 1 (0 is an empty slot) of 4 more. */
  slots: usize;
  mask: u32;
}

function hash(at: usize, length: usize): u64 {
  let value = <u64>length * GOLDEN;
  let i: usize = 0;
  for (; i + 8 <= length; i += 8) {
    value = (value ^ load<u64>(at + i)) * GOLDEN;
    value ^= value >> 32;
  }
  let left: u64 = 0;
  for (; i < length; i++) left = (left << 8) | load<u8>(at + i);
  value = (value ^ left) * GOLDEN;
  return value ^ (value >> 32);
}

// Whether the search for a key ends at this slot.
// @ts-ignore: decorator
@inline
function isEnd(keys: Keys, slot: usize, tag: u32, at: usize, length: usize): bool {
  const entry = load<u32>(slot, 4);
  if (entry == 0) return true;
  if (load<u32>(slot) != tag) return false;
  const pair = keys.entries.pair(entry - 1);
  return areEqual(pair.name, pair.nameLength, at, length);
}

function findSlot(keys: Keys, at: usize, length: usize, hashed: u64): usize {
  const tag = <u32>(hashed >> 32);
  let i = <u32>hashed & keys.mask;
  while (!isEnd(keys, keys.slots + (<usize>i << 3), tag, at, length)) i = (i + 1) & keys.mask;
  return keys.slots + (<usize>i << 3);
}

/** Builds the table; of a key given twice, the last counts. */
export function buildKeys(keys: Keys, entries: Pairs): void {
  let slots: usize = 2;
  while (slots < 2 * entries.count) slots *= 2;
  keys.entries = entries;
  keys.slots = take(slots << 3);
  keys.mask = <u32>slots - 1;
  memory.fill(keys.slots, 0, slots << 3);
  for (let i: usize = 0; i < entries.count; i++) {
    const pair = entries.pair(i);
    const hashed = hash(pair.name, pair.nameLength);
    const slot = findSlot(keys, pair.name, pair.nameLength, hashed);
    store<u32>(slot, <u32>(hashed >> 32));
    store<u32>(slot, <u32>i + 1, 4);
  }
}

/** The entry of a key, or null. */
export function findKey(keys: Keys, at: usize, length: usize): Pair | null {
  const entry = load<u32>(findSlot(keys, at, length, hash(at, length)), 4);
  return entry == 0 ? null : keys.entries.pair(entry - 1);
}
