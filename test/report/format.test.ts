import { describe, expect, it } from 'vitest';
import { escapeXml } from '../../src/report/format/escape.js';
import { rps, significant, us, usInterval, usPlusMinus } from '../../src/report/format/number.js';
import { shellLine, wrapped } from '../../src/report/format/text.js';

describe('numbers', () => {
  it.each([
    [3.1249, '3.12'],
    [31.249, '31.2'],
    [312.49, '312'],
    [28_742.3, '28,700'],
    [0.0312, '0.03'],
    [-4.006, '−4.01'],
    [-0.001, '0.00'],
    [0, '0'],
    [9.999, '10.0'],
  ])('writes %d with 3 significant digits as %s', (value, text) => {
    expect(significant(value)).toBe(text);
  });

  it('gives a value and its interval the same decimals', () => {
    const interval = { low: 3.72, high: 4.74 };
    expect(us(4.23, interval)).toBe('4.23');
    expect(usInterval(4.23, interval)).toBe('[3.72, 4.74]');
    expect(usPlusMinus(118.24, { low: 114.8, high: 121.6 })).toBe('118.2 ±3.4');
    expect(usPlusMinus(0.5, { low: -0.5, high: 1.5 })).toBe('0.50 ±1.00');
    expect(rps(7_996)).toBe('8,000');
  });
});

describe('text', () => {
  it('wraps at the width, cuts words that are longer, and indents what follows', () => {
    expect(wrapped('one two three', 8, '  ')).toEqual(['one two', '  three']);
    expect(wrapped(`a ${'x'.repeat(20)}`, 10, '  ').every((line) => line.length <= 10)).toBe(true);
    expect(wrapped('', 10)).toEqual([]);
  });

  it('quotes for a shell and escapes for XML', () => {
    expect(shellLine(['a', "it's", 'b c', ''])).toBe(`a 'it'\\''s' 'b c' ''`);
    expect(escapeXml('<a b="c">&\u0000\u001b')).toBe('&lt;a b=&quot;c&quot;&gt;&amp;');
  });
});
