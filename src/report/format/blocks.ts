const gap = '  ';

/**
 * A table as lines: the names at the left, and beside them as many columns as fit into the width; the others follow in further
 * blocks, with the names again. The first of the names and of each column is its head.
 */
export function blocks(
  names: readonly string[],
  columns: readonly (readonly string[])[],
  width: number,
): string[] {
  const left = padded(names);
  return fitting(columns.map(padded), width - (left[0]?.length ?? 0)).flatMap((block, index) => {
    const lines = left.map((name, line) =>
      [name, ...block.map((column) => column[line])].join(gap).trimEnd(),
    );
    return index === 0 ? lines : ['', ...lines];
  });
}

function padded(cells: readonly string[]): string[] {
  const most = Math.max(...cells.map(({ length }) => length));
  return cells.map((cell) => cell.padEnd(most));
}

/** Columns in groups that fit beside the names, at least one in each. */
function fitting(columns: readonly string[][], width: number): string[][][] {
  const groups: string[][][] = [];
  let left = 0;
  for (const column of columns) {
    const needed = gap.length + (column[0]?.length ?? 0);
    const last = groups.at(-1);
    if (last && needed <= left) {
      last.push(column);
      left -= needed;
    } else {
      groups.push([column]);
      left = width - needed;
    }
  }
  return groups;
}
