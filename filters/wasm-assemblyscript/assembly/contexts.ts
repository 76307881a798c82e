// Which job each context belongs to: Envoy names a request by a number only.
import { take } from './heap';

// Open addressing, at most half full; each slot a number of 4 bytes (0 is none) and a job's address. Envoy counts its
// contexts up, so that a number is its own best hash.
const FIRST_SLOTS: u32 = 512;
let slots: usize = take(<usize>FIRST_SLOTS << 3);
let mask: u32 = FIRST_SLOTS - 1;
let used: u32 = 0;
memory.fill(slots, 0, <usize>FIRST_SLOTS << 3);

// @ts-ignore: decorator
@inline
function slotAt(index: u32): usize {
  return slots + (<usize>index << 3);
}

// The context's slot, or the empty one where it belongs.
function find(id: u32): u32 {
  let i = id & mask;
  let there = load<u32>(slotAt(i));
  while (there != 0 && there != id) {
    i = (i + 1) & mask;
    there = load<u32>(slotAt(i));
  }
  return i;
}

function grow(): void {
  const old = slots;
  const count = mask + 1;
  // The old table is left behind: all of them together are no larger than the new one.
  slots = take(<usize>count << 4);
  memory.fill(slots, 0, <usize>count << 4);
  mask = 2 * count - 1;
  for (let i: u32 = 0; i < count; i++) {
    const slot = old + (<usize>i << 3);
    const id = load<u32>(slot);
    if (id != 0) store<u64>(slotAt(find(id)), load<u64>(slot));
  }
}

/** Gives a context its job; of a context that has one, the new one counts. */
export function setJob(id: u32, job: usize): void {
  let i = find(id);
  if (load<u32>(slotAt(i)) == 0) {
    used++;
    if (used * 2 > mask) {
      grow();
      i = find(id);
    }
  }
  store<u32>(slotAt(i), id);
  store<usize>(slotAt(i), job, 4);
}

/** The address of a context's job, or 0. */
export function jobOf(id: u32): usize {
  return load<usize>(slotAt(find(id)), 4);
}

export function remove(id: u32): void {
  let hole = find(id);
  if (load<u32>(slotAt(hole)) == 0) return;
  used--;
  // Moves up what was put behind the hole because its own place was taken.
  for (let i = (hole + 1) & mask; ; i = (i + 1) & mask) {
    const there = load<u32>(slotAt(i));
    if (there == 0) break;
    const home = there & mask;
    if (((i - home) & mask) < ((i - hole) & mask)) continue;
    store<u64>(slotAt(hole), load<u64>(slotAt(i)));
    hole = i;
  }
  store<u64>(slotAt(hole), 0);
}
