// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders are what is tested
import { describe, expect, it } from 'vitest';
import { FailedError } from '../src/errors.js';
import { fillTemplate } from '../src/template.js';

describe('a text that is nothing but a name', () => {
  it('becomes the value itself, of any shape', () => {
    const address = { socket_address: { port_value: 8_080 } };
    expect(fillTemplate('${server}', { server: address })).toBe(address);
    expect(fillTemplate('${port}', { port: 8_080 })).toBe(8_080);
    expect(fillTemplate('${flag}', { flag: false })).toBe(false);
    expect(fillTemplate('${nothing}', { nothing: null })).toBeNull();
    expect(fillTemplate('${text}', { text: 'plain' })).toBe('plain');
  });

  it('is filled anywhere inside lists and objects', () => {
    const template = { a: [{ b: { c: '${value}' } }], d: '${value}' };
    expect(fillTemplate(template, { value: [1] })).toEqual({ a: [{ b: { c: [1] } }], d: [1] });
  });

  it('in a list: a list is spliced in, an empty one leaves nothing, anything else is one item', () => {
    const list = ['first', '${more}', 'last'];
    expect(fillTemplate(list, { more: ['x', { y: 1 }] })).toEqual(['first', 'x', { y: 1 }, 'last']);
    expect(fillTemplate(list, { more: [] })).toEqual(['first', 'last']);
    expect(fillTemplate(list, { more: { y: 1 } })).toEqual(['first', { y: 1 }, 'last']);
  });

  it('splices one level only: lists inside the list stay lists', () => {
    expect(fillTemplate(['${more}'], { more: [[1], [2]] })).toEqual([[1], [2]]);
    // A list that stands in the template itself is not spliced into its parent.
    expect(fillTemplate([['${more}']], { more: [1] })).toEqual([[1]]);
  });
});

describe('what stands under << in a mapping', () => {
  it('gives its fields to it, where it stands; an empty one leaves nothing', () => {
    const template = { a: 1, '<<': '${more}', c: 3 };
    const filled = fillTemplate(template, { more: { b: 2 } }) as object;
    expect(Object.entries(filled)).toEqual([
      ['a', 1],
      ['b', 2],
      ['c', 3],
    ]);
    expect(fillTemplate(template, { more: {} })).toEqual({ a: 1, c: 3 });
  });

  it('may be written out, with names of its own', () => {
    expect(fillTemplate({ '<<': { b: '${value}' } }, { value: [1] })).toEqual({ b: [1] });
  });

  it('stays a field where it is no mapping', () => {
    expect(fillTemplate({ '<<': 'text' }, {})).toEqual({ '<<': 'text' });
  });
});

describe('names inside a longer text', () => {
  it('are replaced by texts and numbers as they are', () => {
    expect(fillTemplate('http://${host}:${port}/', { host: 'localhost', port: 80 })).toBe(
      'http://localhost:80/',
    );
  });

  it('are replaced by JSON for anything else', () => {
    const values = { list: [1, 'a'], object: { a: 1 }, yes: true, nothing: null };
    expect(fillTemplate('= ${list} ${object} ${yes} ${nothing}', values)).toBe('= [1,"a"] {"a":1} true null');
  });

  it('may repeat, and may stand next to each other', () => {
    expect(fillTemplate('${a}${a}-${b}', { a: 'x', b: 'y' })).toBe('xx-y');
  });
});

describe('nothing is evaluated', () => {
  it.each(['${1 + 1}', '${process.exit()}', '${}', '$' + 'name', '{{name}}', '$${ name }', '%REQ(name)%'])(
    '%s stays as it is',
    (text) => {
      expect(fillTemplate(text, { name: 'x' })).toBe(text);
      expect(fillTemplate(`in ${text} text`, { name: 'x' })).toBe(`in ${text} text`);
    },
  );

  it('what is put in is not looked at again', () => {
    const values = { a: '${b}', b: 'never', list: ['${b}'] };
    expect(fillTemplate('${a}', values)).toBe('${b}');
    expect(fillTemplate('x ${a}', values)).toBe('x ${b}');
    expect(fillTemplate(['${list}'], values)).toEqual(['${b}']);
    // Patterns of String.replace in a value are text like any other.
    expect(fillTemplate('x ${a}', { a: "$& $' $1" })).toBe("x $& $' $1");
  });

  it('keys, numbers and the rest are left alone', () => {
    const template = { '${a}': 1, b: 2, c: null, d: true };
    expect(fillTemplate(template, { a: 'x' })).toEqual(template);
  });

  it('names of Object.prototype are not known', () => {
    expect(() => fillTemplate('${constructor}', {})).toThrow(FailedError);
    expect(() => fillTemplate('${toString}', {})).toThrow('nothing is known under ${toString}');
  });

  it('the template itself stays as it was', () => {
    const template = Object.freeze({ a: Object.freeze(['${x}']) });
    fillTemplate(template, { x: [1, 2] });
    expect(template).toEqual({ a: ['${x}'] });
  });
});

describe('an unknown name', () => {
  const failure = (text: string, values: Record<string, unknown>) => {
    try {
      fillTemplate({ deep: [text] }, values);
    } catch (error) {
      return error;
    }
    return null;
  };

  it('is an error that names it, and the ones that are known', () => {
    const error = failure('${sever}', { server: 1, admin: 2 });
    expect(error).toBeInstanceOf(FailedError);
    expect(error).toMatchObject({
      message: 'nothing is known under ${sever}',
      next: 'use one of: admin, server',
    });
    expect(failure('in ${sever} text', { server: 1 })).toBeInstanceOf(FailedError);
  });

  it('says so where nothing is known at all', () => {
    expect(failure('${x}', {})).toMatchObject({ next: 'use one of: none' });
  });
});
