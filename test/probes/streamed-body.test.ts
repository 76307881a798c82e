import { expect, it } from 'vitest';
import { streamedBody } from '../../src/probes/servers/streamed-body.js';

it('a chunk of full duplex is written as protobuf says', () => {
  // request_body (3) { response (1) { body_mutation (3) { streamed_response (3) { body (1): "ab", end_of_stream (2): true } } } }
  expect(streamedBody('request_body', Buffer.from('ab'), true).toString('hex')).toBe(
    '1a0c0a0a1a081a060a0261621001',
  );
  expect(streamedBody('response_body', Buffer.from('ab'), false).toString('hex')).toBe(
    '220a0a081a061a040a026162',
  );
});

it('the length of a long chunk takes several bytes', () => {
  const long = streamedBody('request_body', Buffer.alloc(300), false);
  // 0xac 0x02 is 300.
  expect(long.toString('hex')).toContain('0aac02');
  expect(long.length).toBeGreaterThan(300);
});
