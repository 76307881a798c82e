import type { Readable } from 'node:stream';

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
