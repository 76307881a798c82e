import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { patientTimer } from '../../src/faults/patient-timer.js';

it('acts once its time is over, and not where it is called off', async () => {
  const acted: string[] = [];
  patientTimer(5, () => acted.push('in time'));
  patientTimer(5, () => acted.push('called off'))();
  await expect.poll(() => acted).toEqual(['in time']);
  await sleep(20);
  expect(acted).toEqual(['in time']);
});

it('lets what came while we were held up be seen first', async () => {
  const order: string[] = [];
  patientTimer(10, () => order.push('gave up'));
  const end = performance.now() + 150;
  while (performance.now() < end);
  // As an answer that waits in a socket: seen in the next turn.
  setImmediate(() => order.push('answered'));
  await expect.poll(() => order.length).toBe(2);
  expect(order).toEqual(['answered', 'gave up']);
});
