/** Which of a message's bodies. */
export type BodyPhase = 'request_body' | 'response_body';

/** Field numbers in external_processor.proto: of ProcessingResponse, and from there inwards. */
const phaseFields: Readonly<Record<BodyPhase, number>> = { request_body: 3, response_body: 4 };
const responseField = 1;
const bodyMutationField = 3;
const bodyField = 1;

const lengthDelimited = 2;
const bitsPerByte = 7;
const moreFollows = 1 << bitsPerByte;

/** The ProcessingResponse that makes `parts` the new body, written in one copy of them. */
export function replaceBody(phase: BodyPhase, parts: readonly Buffer[]): Buffer {
  const bodyBytes = parts.reduce((sum, { length }) => sum + length, 0);
  const heads: number[][] = [];
  let inner = bodyBytes;
  for (const field of [bodyField, bodyMutationField, responseField, phaseFields[phase]]) {
    const head = [(field << 3) | lengthDelimited, ...varint(inner)];
    heads.unshift(head);
    inner += head.length;
  }
  const message = Buffer.allocUnsafe(inner);
  let at = 0;
  for (const byte of heads.flat()) at = message.writeUInt8(byte, at);
  for (const part of parts) at += part.copy(message, at);
  return message;
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= moreFollows) {
    bytes.push((rest % moreFollows) | moreFollows);
    rest = Math.floor(rest / moreFollows);
  }
  return [...bytes, rest];
}
