import { describe, expect, it } from 'vitest';
import { countLines } from '../../src/effort/count-lines.js';
import { languageOf } from '../../src/effort/languages.js';

/** Every line that says `CODE` should count, and no other. */
function expectCode(path: string, lines: readonly string[]): void {
  const language = languageOf(path);
  if (language === null) throw new TypeError(`${path} has no language`);
  const expected = lines.filter((line) => line.includes('CODE')).length;
  expect(countLines(lines.join('\n'), language)).toBe(expected);
}

describe('lines of code', () => {
  it.each([
    [
      'a.c',
      [
        '// no',
        'int CODE; // yes',
        '',
        '/* no',
        '   no */ int CODE;',
        '/* no */',
        'say("/* CODE");',
        "char CODE = '\"';",
        '// no: that was no text',
        'say("\\" // CODE");',
        '  \t',
      ],
    ],
    ['a.h', ['#define CODE "//"', '/** no */', '/*', ' * no', ' */']],
    ['a.go', ['text := `// CODE', '/* CODE */`', '// no', "quote := '\"' // CODE", '/*', 'no', '*/']],
    ['a.ts', ["const CODE = 'it\\'s /*';", '/** no */', 'const a = `// CODE', '/* CODE`;', '// no']],
    [
      'a.lua',
      [
        '-- no',
        '--[[ no',
        'no ]]',
        '--[==[ no ]]',
        'no ]==]',
        'local CODE = [[',
        '-- CODE, as text',
        'CODE ]]',
        'print("--") -- CODE',
        '-- no',
      ],
    ],
    ['a.yaml', ['# no', '  # no', 'CODE: "#" # yes', '', '- CODE#']],
  ])('are counted in %s where they are neither blank nor comment alone', (path, lines) => {
    expectCode(path, lines);
  });

  it('are told from comments in Rust, with its lifetimes, raw texts and nested comments', () => {
    expectCode('a.rs', [
      "fn f<'a>(x: &'a str) -> &'a str { x } // CODE",
      '/* no /* no */',
      'no */',
      "let CODE = '\"'; let quote = '\\'';",
      '//! no',
      'let CODE = r#"one " // two',
      '/* CODE',
      'CODE "#;',
      '/// no',
      'let CODE = "a \\" // b";',
      '// no',
    ]);
  });

  it('leave out what only the tests of Rust compile', () => {
    expectCode('a.rs', [
      'pub fn f() { say("#[cfg(test)]") } // CODE',
      '#[cfg(test)]',
      'use a::{b, c};',
      '#[cfg(not(test))] // CODE',
      'use CODE::d;',
      '#[cfg(test)]',
      '#[path = "keys_tests.rs"]',
      'mod keys_tests;',
      '#[cfg(test)]',
      'mod tests {',
      '    fn brace() { say("}"); say(\'}\') } // }',
      '    fn other() {}',
      '}',
      'fn CODE() {}',
    ]);
  });

  it('are not looked for in a file of another kind', () => {
    expect(languageOf('filters/c-core/README.md')).toBeNull();
    expect(languageOf('LICENSE')).toBeNull();
  });
});
