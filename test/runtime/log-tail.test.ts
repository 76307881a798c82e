import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { collectTail, lastLines } from '../../src/runtime/log-tail.js';

it('keeps the end of what several streams print', async () => {
  const [out, err] = [new PassThrough(), new PassThrough()];
  const tail = collectTail([out, null, err], 10);
  out.write('0123456789');
  await expect.poll(tail).toBe('0123456789');
  err.write('abc');
  await expect.poll(tail).toBe('3456789abc');
});

it('puts characters together that arrive in pieces', async () => {
  const out = new PassThrough();
  const tail = collectTail([out]);
  const bytes = Buffer.from('größe');
  out.write(bytes.subarray(0, 3));
  out.end(bytes.subarray(3));
  await expect.poll(tail).toBe('größe');
});

it('shows the last lines that say something', () => {
  expect(lastLines('one\n\ntwo\n  \nthree\n\n', 2)).toBe('two\nthree');
  expect(lastLines('one', 5)).toBe('one');
  expect(lastLines('', 5)).toBe('');
});
