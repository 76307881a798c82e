import { readFile } from 'node:fs/promises';

/**
 * Proportional set size of a process in MiB: its private pages, and its share of shared ones.
 * Source: `Pss` of /proc/PID/smaps_rollup (proc(5)).
 * @returns null where it can't be read.
 */
export async function readPssMiB(pid: number): Promise<number | null> {
  try {
    const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8');
    const kib = /^Pss:\s+(\d+) kB/m.exec(rollup)?.[1];
    return kib === undefined ? null : Number(kib) / 1_024;
  } catch {
    return null;
  }
}
