import type { Readable } from 'node:stream';
import type { ExitInfo } from './types.js';

/** Keeps the end of what a process prints; the rest is dropped, so that memory stays flat. */
export function collectTail(streams: readonly (Readable | null)[], maxBytes = 16_384): () => string {
  let text = '';
  for (const stream of streams) {
    stream?.setEncoding('utf8');
    stream?.on('data', (chunk: string) => {
      text = (text + chunk).slice(-maxBytes);
    });
  }
  return () => text;
}

/** The last non-empty lines of a log, for a message. */
export function lastLines(log: string, count: number): string {
  return log
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-count)
    .join('\n');
}

/** How a process ended, as the end of a sentence, with what it printed last. */
export function howItEnded({ code, signal }: ExitInfo, lines: string): string {
  const how = signal === null ? `ended with code ${code}` : `was ended by ${signal}`;
  return lines === '' ? `${how}, and printed nothing` : `${how}; the last that it printed:\n${lines}`;
}
