import type { IncomingMessage, ServerResponse } from 'node:http';
import { runClosedLoopSlice as runAutocannonSlice } from '../../src/load/closed-loop.js';
import type { ClosedLoopSlice, WireRequest } from '../../src/load/slice.js';
import { runSocketLoopSlice } from '../../src/load/socket-loop.js';
import type { TcpAddress } from '../../src/runtime/types.js';
import { sendOnce } from '../../src/scenarios/send-once.js';

/** Each client, and how many of its 3 connections end with a request that is aborted. */
export const clients: [string, typeof runAutocannonSlice, number][] = [
  ['autocannon', runAutocannonSlice, 3],
  ['our own sockets', runSocketLoopSlice, 0],
];

export const own = { kind: 'schedstat', pid: process.pid } as const;

export function slice(
  target: TcpAddress,
  requests: readonly WireRequest[],
  more: Partial<ClosedLoopSlice> = {},
): ClosedLoopSlice {
  const cpu = { envoy: own, server: null, upstream: null };
  return { loop: 'closed', target, connections: 3, requests, leadMs: 10, windowMs: 60, cpu, ...more };
}

/** The request as load sends it, its length learned as a proof learns it: from one answer. */
export async function learn(
  target: TcpAddress,
  path = '/',
  headers: Record<string, string> = {},
): Promise<WireRequest> {
  const request = { method: 'GET', path, headers };
  const { status, wireBytes } = await sendOnce(target, request);
  return { ...request, expect: { status, wireBytes } };
}

export const ok = (_: IncomingMessage, response: ServerResponse) => response.end('ok');
