import { request } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Readiness, TcpAddress } from './types.js';

const pollEveryMs = 10;

/**
 * Polls until it is ready.
 * @returns false where `timeoutMs` passed first.
 */
export async function waitUntilReady(
  address: TcpAddress,
  ready: Readiness,
  signal: AbortSignal,
): Promise<boolean> {
  const deadline = performance.now() + ready.timeoutMs;
  while (performance.now() < deadline) {
    signal.throwIfAborted();
    if (await ('path' in ready ? answers200(address, ready.path) : accepts(address))) return true;
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

// An engine that maps a port accepts for a container that doesn't listen yet, and closes at once.
const staysOpenMs = 20;

function accepts({ host, port }: TcpAddress): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 1_000 });
    const settle = (accepted: boolean) => {
      socket.destroy();
      resolve(accepted);
    };
    socket.on('connect', () => setTimeout(settle, staysOpenMs, true));
    socket.on('close', () => settle(false));
    socket.resume();
    socket.on('timeout', () => settle(false));
    socket.on('error', () => settle(false));
  });
}
