import { expect, it } from 'vitest';
import { latestNames } from '../../src/profiling/node-names.js';

it('leaves of each place the name that it got last', () => {
  const map = [
    '1000 20 JS:~old a.js:1:1',
    '1020 10 JS:*stays b.js:1:1',
    '1010 8 JS:*new with blanks c.js:1:1',
    '0ff0 10 Builtin:before',
    '1040 10 Script:~d.js:1:1',
    '1048 4 JS:*inside e.js:1:1',
    '2000 1',
  ].join('\n');
  expect(latestNames(map)).toBe(
    [
      '0ff0 10 Builtin:before',
      '1010 8 JS:*new with blanks c.js:1:1',
      '1020 10 JS:*stays b.js:1:1',
      '1048 4 JS:*inside e.js:1:1',
      '',
    ].join('\n'),
  );
  expect(latestNames('')).toBe('');
});
