import type { BodyPhase } from '../../ext-server-node/ext-proc/body-mutation.js';

// The protobufs at hand are older than full duplex. Field numbers in external_processor.proto: of ProcessingResponse, and from
// there inwards BodyResponse.response, CommonResponse.body_mutation, BodyMutation.streamed_response.
const phaseFields: Readonly<Record<BodyPhase, number>> = { request_body: 3, response_body: 4 };
const inwards = [1, 3, 3] as const;
const bodyField = 1;
const endOfStreamField = 2;

const lengthDelimited = 2;
const varintType = 0;

/** The ProcessingResponse that sends a chunk of a body on, in FULL_DUPLEX_STREAMED. */
export function streamedBody(phase: BodyPhase, body: Buffer, isLast: boolean): Buffer {
  const chunk = Buffer.concat([
    field(bodyField, body),
    ...(isLast ? [Buffer.from([(endOfStreamField << 3) | varintType, 1])] : []),
  ]);
  return [phaseFields[phase], ...inwards].reduceRight<Buffer>((inner, number) => field(number, inner), chunk);
}

function field(number: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([(number << 3) | lengthDelimited, ...varint(content.length)]), content]);
}

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)];
}
