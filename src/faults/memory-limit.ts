import { readFile } from 'node:fs/promises';
import { execa } from 'execa';
import { MissingError } from '../errors.js';

/**
 * Lets a running process take so much more memory, and no more (RLIMIT_DATA of setrlimit(2), which counts what VmData of proc(5) does).
 * V8 reserves so much at once that this says nothing of what it uses: an Envoy with a Wasm VM must not be limited like this.
 * @throws MissingError where that cannot be done here.
 */
export async function limitGrowth(pid: number | null, headroomMiB: number): Promise<void> {
  const limit = ((await dataBytes(pid)) ?? 0) + headroomMiB * 1_048_576;
  const { failed } = await execa('prlimit', ['--pid', String(pid), `--data=${limit}:${limit}`], {
    reject: false,
  });
  if (!failed) return;
  throw new MissingError(
    'this fault takes all memory that it gets, and the memory of a process cannot be limited here',
    'install util-linux, which has prlimit',
  );
}

/** @throws MissingError where the machine has less memory to spare than a fault may take. */
export async function requireMemory(mebibytes: number): Promise<void> {
  const meminfo = await readFile('/proc/meminfo', 'utf8');
  const availableKiB = Number(/^MemAvailable:\s+(\d+) kB/m.exec(meminfo)?.[1] ?? 0);
  if (availableKiB >= mebibytes * 1_024) return;
  throw new MissingError(
    `this fault may take ${mebibytes} MiB, and ${Math.floor(availableKiB / 1_024)} MiB are available`,
    'end what needs memory, or leave this fault out',
  );
}

async function dataBytes(pid: number | null): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kib = /^VmData:\s+(\d+) kB/m.exec(status)?.[1];
  return kib === undefined ? null : Number(kib) * 1_024;
}
