import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TcpAddress } from './types.js';

const pollEveryMs = 10;

/**
 * Polls until `path` answers 200.
 * @returns false where `timeoutMs` passed first.
 */
export async function waitUntilReady(
  address: TcpAddress,
  path: string,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  while (performance.now() < deadline) {
    signal.throwIfAborted();
    if (await answers200(address, path)) return true;
    await sleep(pollEveryMs, undefined, { signal });
  }
  return false;
}

function answers200({ host, port }: TcpAddress, path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const call = request({ host, port, path, timeout: 1_000, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    call.on('timeout', () => call.destroy());
    call.on('error', () => resolve(false));
    call.end();
  });
}
