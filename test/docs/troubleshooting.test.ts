import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packagePaths } from '../../src/paths.js';

const text = readFileSync(join(packagePaths.root, 'docs', 'troubleshooting.md'), 'utf8');

// Messages as the source has them, without what code puts between two parts of one text.
const source = readdirSync(join(packagePaths.root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => readFileSync(join(packagePaths.root, 'src', path), 'utf8'))
  .join('\n')
  .replace(/[`'"]\s*\+\s*[`'"]/g, '')
  .replaceAll("\\'", "'");

/** What is quoted of a message, in the parts between what differs. */
const quoted = [...text.matchAll(/^```\n([\s\S]*?)^```$/gm)]
  .flatMap(([, block = '']) => block.trim().split('\n'))
  .flatMap((line) => line.replace(/^ *(next: )?/, '').split('…'))
  // Numbers are put in by the code.
  .flatMap((part) => part.split(/\b10000\b|\b32000\b/))
  .map((part) => part.trim().replace(/^\. /, ''))
  .filter((part) => part.length > 3);

const inText = [...text.replace(/^```\n[\s\S]*?^```$/gm, '').matchAll(/`([^`]+)`/g)].map(
  ([, code = '']) => code,
);

describe('docs/troubleshooting.md', () => {
  it('has twelve entries', () => expect(text.match(/^## \d+\. /gm)).toHaveLength(12));

  it.each(quoted)('quotes what the code says: %s', (part) => expect(source).toContain(part));

  it.each(inText.filter((code) => / .* .* /.test(code) && !/^(filterbench|apt-get|ss) /.test(code)))(
    'quotes in its text what the code says: %s',
    (part) => expect(source).toContain(part),
  );

  it.each(inText.flatMap((code) => code.match(/^--[a-z-]+/)?.[0] ?? []))(
    'names a flag that there is: %s',
    (flag) => expect(source).toContain(`'${flag}`),
  );
});
