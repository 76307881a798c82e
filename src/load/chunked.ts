/** Reads one HTTP/1.1 answer in chunked transfer coding, however its bytes come. */
export interface ChunkedReader {
  /**
   * Takes the next bytes.
   * @returns how many of them belong to the answer
   */
  take(buffer: Uint8Array, count: number): number;
  /** Bytes of the body so far, without the lines between them. */
  payloadBytes(): number;
  /** Whether its last byte came. */
  isDone(): boolean;
  /** Whether it is no chunked answer. */
  isBroken(): boolean;
}

type Part = 'head' | 'size' | 'extension' | 'data' | 'data-end' | 'trailer' | 'done' | 'broken';

const [lineFeed, carriageReturn, semicolon] = [10, 13, 59];

/** How a body is split into chunks follows from how it was read on the way, so only the payload is the same each time (RFC 9112, 7.1). */
export function chunkedReader(): ChunkedReader {
  let part: Part = 'head';
  let payload = 0;
  /** Of the chunk that is being read; of its size while that is. */
  let rest = 0;
  let digits = 0;
  let lineBytes = 0;

  function readSizeByte(byte: number): Part {
    if (byte === lineFeed) return endOfSize();
    if (byte === carriageReturn) return 'size';
    if (byte === semicolon) return 'extension';
    const digit = Number.parseInt(String.fromCharCode(byte), 16);
    if (Number.isNaN(digit)) return 'broken';
    rest = rest * 16 + digit;
    digits += 1;
    return 'size';
  }

  function endOfSize(): Part {
    if (digits === 0) return 'broken';
    lineBytes = 0;
    return rest === 0 ? 'trailer' : 'data';
  }

  function readByte(byte: number): Part {
    switch (part) {
      case 'head':
      case 'trailer':
        // An empty line ends either.
        if (byte !== lineFeed) {
          if (byte !== carriageReturn) lineBytes += 1;
          return part;
        }
        if (lineBytes > 0) {
          lineBytes = 0;
          return part;
        }
        return part === 'head' ? 'size' : 'done';
      case 'extension':
        return byte === lineFeed ? endOfSize() : 'extension';
      case 'data-end':
        [rest, digits] = [0, 0];
        return byte === lineFeed ? 'size' : byte === carriageReturn ? 'data-end' : 'broken';
      default:
        return readSizeByte(byte);
    }
  }

  return {
    take(buffer, count) {
      let at = 0;
      while (at < count && part !== 'done' && part !== 'broken') {
        if (part === 'data') {
          const taken = Math.min(rest, count - at);
          payload += taken;
          rest -= taken;
          at += taken;
          if (rest === 0) part = 'data-end';
        } else {
          part = readByte(buffer[at] ?? 0);
          at += 1;
        }
      }
      return at;
    },
    payloadBytes: () => payload,
    isDone: () => part === 'done',
    isBroken: () => part === 'broken',
  };
}
