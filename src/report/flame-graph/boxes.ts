/** A box of a flame graph: one function under one chain of callers. */
export interface Box {
  readonly name: string;
  /** In samples, from the left. */
  readonly from: number;
  readonly to: number;
  /** Callers under it. */
  readonly depth: number;
}

interface Node {
  samples: number;
  readonly children: Map<string, Node>;
}

/**
 * Lays stacks out: functions stand on their callers, are as wide as their samples, and are sorted by name, since time has no
 * direction here.
 * @param least boxes with fewer samples are left out
 */
export function boxesOf(folded: Iterable<readonly [string, number]>, least: number): Box[] {
  const root: Node = { samples: 0, children: new Map() };
  for (const [stack, samples] of folded) {
    let node = root;
    node.samples += samples;
    for (const name of stack.split(';')) {
      const child = node.children.get(name) ?? { samples: 0, children: new Map() };
      child.samples += samples;
      node.children.set(name, child);
      node = child;
    }
  }
  return place(root, 0, 0, least);
}

function place(node: Node, from: number, depth: number, least: number): Box[] {
  let left = from;
  return [...node.children]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, child]) => {
      const begin = left;
      left += child.samples;
      if (child.samples < least) return [];
      return [{ name, from: begin, to: left, depth }, ...place(child, begin, depth + 1, least)];
    });
}
