// The VM's memory: configurations at the bottom for good, above them what Envoy hands over for one callback. Nothing is
// garbage collected, as no request leaves anything behind.

let top: usize = (__heap_base + 15) & ~15;

function reserve(end: usize): void {
  const needed = <i32>((end + 0xffff) >>> 16);
  const pages = memory.size();
  if (needed > pages && memory.grow(needed - pages) < 0) unreachable();
}

/** Takes memory for good; its content is not defined. */
export function take(size: usize): usize {
  const at = top;
  top = (at + size + 15) & ~15;
  reserve(top);
  return at;
}

/** The same memory at each call: Envoy hands over one thing at a time, and each is used up before the next. */
export function scratch(size: usize): usize {
  reserve(top + size);
  return top;
}
