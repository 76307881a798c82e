import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { lastAtMost } from './symbols/nearest.js';

/** Makes Node.js tell perf the names of what it compiles (`node --v8-options`), and keep a frame for what it interprets. */
export const namesOfNode = { NODE_OPTIONS: '--perf-basic-prof --interpreted-frames-native-stack' };

// The path is perf's, and no setting.
const mapOf = (pid: number) => `/tmp/perf-${pid}.map`;

/** Leaves in a process's map what its memory holds now; nothing happens where it has none. */
export function settleNames(pid: number): void {
  let map: string;
  try {
    map = readFileSync(mapOf(pid), 'utf8');
  } catch {
    return;
  }
  // The process goes on writing to the file that it has open.
  const settled = `${mapOf(pid)}.${process.pid}`;
  writeFileSync(settled, latestNames(map), { flag: 'wx', mode: 0o600 });
  renameSync(settled, mapOf(pid));
}

/** Removes the file that such a process leaves where perf looks for it. */
export function removeNames(pid: number): void {
  rmSync(mapOf(pid), { force: true });
}

const entry = /^([0-9a-f]+) ([0-9a-f]+) .+$/;

/**
 * A map without what later code took the place of: V8 writes down each function as it is compiled, never that one is gone, and perf
 * would go on using the first name of a place.
 */
export function latestNames(map: string): string {
  const kept: { readonly from: number; readonly to: number; readonly line: string }[] = [];
  for (const line of map.split('\n').reverse()) {
    const [, start, size] = entry.exec(line) ?? [];
    // The last line may be cut: the process still writes.
    if (start === undefined || size === undefined) continue;
    const from = Number.parseInt(start, 16);
    const to = from + Number.parseInt(size, 16);
    const before = lastAtMost(kept.length, (index) => kept[index]?.from ?? 0, from);
    const isFree = (kept[before]?.to ?? 0) <= from && (kept[before + 1]?.from ?? to) >= to;
    if (isFree) kept.splice(before + 1, 0, { from, to, line });
  }
  return kept.map(({ line }) => `${line}\n`).join('');
}
