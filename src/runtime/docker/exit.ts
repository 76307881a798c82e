import { once } from 'node:events';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ExitInfo } from '../types.js';
import type { Engine } from './engine.js';

/** Settles when a container has ended and what it printed last has arrived. */
export async function exitOf(id: string, engine: Engine, logs: readonly Readable[]): Promise<ExitInfo> {
  const printed = Promise.all(logs.map(ended));
  const exit = await waitForExit(id, engine);
  await Promise.race([printed, sleep(1_000, undefined, { ref: false })]);
  return exit;
}

async function ended(log: Readable): Promise<void> {
  try {
    await once(log, 'end');
  } catch {
    // The engine broke the stream off: no more will come.
  }
}

async function waitForExit(id: string, engine: Engine): Promise<ExitInfo> {
  try {
    const result: unknown = await engine.client.container.getById(id).wait();
    if (typeof result === 'object' && result !== null && 'StatusCode' in result) {
      return toExitInfo(Number(result.StatusCode));
    }
  } catch {
    // It was removed while we waited.
  }
  return { code: null, signal: null };
}

// Docker tells a signal as a shell does, by 128 and its number.
function toExitInfo(status: number): ExitInfo {
  const signal = Object.entries(constants.signals).find(([, number]) => status === 128 + number)?.[0];
  return signal === undefined ? { code: status, signal: null } : { code: null, signal };
}
