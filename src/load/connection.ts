import { connect } from 'node:net';
import type { TcpAddress } from '../runtime/types.js';
import { type ChunkedReader, chunkedReader } from './chunked.js';
import type { EncodedRequest } from './wire.js';

/** A kept HTTP/1.1 connection with at most one request on its way. */
export interface Connection {
  /** Writes a request; its answer, or the connection's failure, comes as one event. */
  send(request: EncodedRequest): void;
  /** How the answer on its way falls short; null where none is awaited or nothing of it came. */
  unfinished(): string | null;
  close(): void;
}

export interface ConnectionEvents {
  opened(connection: Connection): void;
  /** The last byte came; `wrong` says what was not as expected. */
  answered(connection: Connection, wrong: string | null): void;
  /** The connection is of no more use, and a request on its way is lost. */
  failed(connection: Connection, why: string): void;
}

// `HTTP/1.1 200`: the status is at bytes 9 to 11 of an answer.
const statusFrom = 9;
const statusEnd = 12;
const readBufferBytes = 64 * 1024;

/**
 * Opens a connection. No HTTP parser: the exact length of every right answer is known from the proof (of one in chunks that of its
 * payload), so an answer is right when its status and its count of bytes are, and anything else fails the slice anyway.
 */
export function openConnection(target: TcpAddress, events: ConnectionEvents): Connection {
  let awaited: EncodedRequest | null = null;
  let chunks: ChunkedReader | null = null;
  /** Of what is counted: the whole answer, or the payload of its chunks. */
  let received = 0;
  let readBytes = 0;
  let status = 0;
  let closed = false;

  const socket = connect({
    host: target.host,
    port: target.port,
    noDelay: true,
    // One buffer for all answers: a stream's own chunks cost the generator more than the rest of its work.
    onread: {
      buffer: Buffer.allocUnsafe(readBufferBytes),
      callback: (count, buffer) => {
        take(count, buffer);
        return true;
      },
    },
  });
  const connection: Connection = {
    send(request) {
      awaited = request;
      chunks = request.expect.isChunked ? chunkedReader() : null;
      received = 0;
      readBytes = 0;
      status = 0;
      socket.write(request.bytes);
    },
    unfinished: () => (awaited && received > 0 ? shortfall(awaited) : null),
    close() {
      closed = true;
      socket.destroy();
    },
  };
  socket.once('connect', () => {
    if (!closed) events.opened(connection);
  });
  socket.once('error', (error) => fail(error.message));
  socket.once('close', () =>
    fail(awaited ? 'a connection was closed in place of an answer' : 'an idle connection was closed'),
  );

  function shortfall({ expect }: EncodedRequest): string {
    return `status ${status}, ${received} bytes; expected ${expect.status}, ${expect.wireBytes} bytes`;
  }

  function fail(why: string): void {
    if (closed) return;
    connection.close();
    events.failed(connection, why);
  }

  function take(count: number, buffer: Uint8Array): void {
    if (closed) return;
    if (!awaited) {
      fail(`${count} bytes came that nothing asked for`);
    } else if (chunks) {
      takeChunks(count, buffer, awaited, chunks);
    } else {
      takeWhole(count, buffer, awaited);
    }
  }

  function readStatus(count: number, buffer: Uint8Array, before: number): void {
    const end = Math.min(statusEnd - before, count);
    for (let at = Math.max(statusFrom - before, 0); at < end; at += 1)
      status = status * 10 + (buffer[at] ?? 0) - 48;
  }

  function takeChunks(
    count: number,
    buffer: Uint8Array,
    request: EncodedRequest,
    reader: ChunkedReader,
  ): void {
    readStatus(count, buffer, readBytes);
    readBytes += count;
    const own = reader.take(buffer, count);
    received = reader.payloadBytes();
    if (reader.isBroken()) {
      fail(`an answer in broken chunks: ${shortfall(request)}`);
    } else if (reader.isDone()) {
      if (own < count) {
        fail(`${count - own} bytes came that nothing asked for`);
        return;
      }
      const { expect } = request;
      const isRight = status === expect.status && received === expect.wireBytes;
      settle(isRight ? null : shortfall(request));
    }
  }

  function takeWhole(count: number, buffer: Uint8Array, request: EncodedRequest): void {
    readStatus(count, buffer, received);
    received += count;
    const { expect } = request;
    const isWrong = received >= statusEnd && status !== expect.status;
    // Where the length is not as expected no next answer can be told from this one.
    if (received > expect.wireBytes || (isWrong && received < expect.wireBytes)) {
      fail(shortfall(request));
    } else if (received === expect.wireBytes) {
      settle(isWrong ? shortfall(request) : null);
    }
  }

  function settle(wrong: string | null): void {
    awaited = null;
    events.answered(connection, wrong);
  }

  return connection;
}
