import { expect, it } from 'vitest';
import { parseAnnotation } from '../../src/profiling/core/callgrind.js';

it('reads functions and their instructions, largest first', () => {
  const printed = [
    '--------------------------------------------------------------------------------',
    'Ir                      ',
    '--------------------------------------------------------------------------------',
    '1,234,567 (100.0%)  PROGRAM TOTALS',
    '',
    'Ir                     file:function',
    '  987,654 (80.00%)  core/src/cards.rs:filterbench_core::inspect::Inspect::decide [/x/profile]',
    '    1,234 ( 0.10%)  ???:core::ops::function::FnOnce<(i32,)>::call_once [/x/profile]',
    '        9 ( 0.00%)  ./string/memmove.S:__memmove_avx',
  ].join('\n');
  expect(parseAnnotation(printed)).toEqual([
    { name: 'core/src/cards.rs:filterbench_core::inspect::Inspect::decide', instructions: 987_654 },
    { name: '???:core::ops::function::FnOnce<(i32,)>::call_once', instructions: 1_234 },
    { name: './string/memmove.S:__memmove_avx', instructions: 9 },
  ]);
  expect(parseAnnotation('')).toEqual([]);
});
