import { expect, it } from 'vitest';
import { replaceBody } from '../../src/ext-server-node/ext-proc/body-mutation.js';
import { processMethod } from '../../src/ext-server-node/ext-proc/messages.js';

const lengths = [0, 1, 100, 119, 120, 121, 122, 123, 124, 125, 126, 127, 128, 16_370, 16_384, 1 << 21];

it.each(lengths)('a new body of %i bytes is what the protobuf library would write', (length) => {
  const body = Buffer.alloc(length, 'body');
  const half = Math.floor(length / 2);
  for (const phase of ['request_body', 'response_body'] as const) {
    const written = replaceBody(phase, [body.subarray(0, half), body.subarray(half)]);
    const expected = processMethod.responseSerialize({ [phase]: { response: { body_mutation: { body } } } });
    expect(written.equals(expected)).toBe(true);
  }
});
